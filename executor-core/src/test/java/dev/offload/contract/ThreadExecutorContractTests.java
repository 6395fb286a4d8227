package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * The contract, for executors of type thread.
 */
class ThreadExecutorContractTests extends ExecutorContract {

	@Override
	protected ExecutorFactory factory(ExecutorListener listener) {
		return new ThreadExecutorFactory(listener);
	}

}
