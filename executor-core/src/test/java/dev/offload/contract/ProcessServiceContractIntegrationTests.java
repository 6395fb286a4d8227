package dev.offload.contract;

import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * Services of executors of type process.
 */
class ProcessServiceContractIntegrationTests extends ServiceContract {

	@Override
	ExecutorFactory factory() {
		return ProcessExecutorFactory.builder().build();
	}

}
