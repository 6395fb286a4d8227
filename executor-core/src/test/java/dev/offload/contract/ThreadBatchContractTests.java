package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * Batches on executors of type thread.
 */
class ThreadBatchContractTests extends BatchContract {

	@Override
	ExecutorFactory factory() {
		return new ThreadExecutorFactory(ExecutorListener.NONE);
	}

}
