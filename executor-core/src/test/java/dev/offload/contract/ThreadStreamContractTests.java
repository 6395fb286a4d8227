package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * Streams of tasks of type thread.
 */
class ThreadStreamContractTests extends StreamContract {

	@Override
	protected ExecutorFactory factory() {
		return new ThreadExecutorFactory(ExecutorListener.NONE);
	}

}
