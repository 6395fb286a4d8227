package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * What tasks know of themselves in workers.
 */
class ProcessTaskContextIntegrationTests extends TaskContextContract {

	@Override
	protected ExecutorFactory factory(ExecutorListener listener) {
		return ProcessExecutorFactory.builder().listener(listener).build();
	}

}
