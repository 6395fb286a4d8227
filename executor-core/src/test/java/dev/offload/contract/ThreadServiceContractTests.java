package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * Services of executors of type thread.
 */
class ThreadServiceContractTests extends ServiceContract {

	@Override
	ExecutorFactory factory() {
		return new ThreadExecutorFactory(ExecutorListener.NONE);
	}

}
