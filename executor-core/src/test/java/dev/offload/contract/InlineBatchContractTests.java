package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.InlineExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * Batches on executors of type inline.
 */
class InlineBatchContractTests extends BatchContract {

	@Override
	ExecutorFactory factory() {
		return new InlineExecutorFactory(ExecutorListener.NONE);
	}

}
