package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * The contract, for executors of type process.
 */
class ProcessExecutorContractIntegrationTests extends ExecutorContract {

	@Override
	protected ExecutorFactory factory(ExecutorListener listener) {
		return ProcessExecutorFactory.builder().listener(listener).build();
	}

}
