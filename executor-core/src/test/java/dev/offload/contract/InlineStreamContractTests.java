package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.InlineExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * Streams of tasks of type inline.
 */
class InlineStreamContractTests extends StreamContract {

	@Override
	protected ExecutorFactory factory() {
		return new InlineExecutorFactory(ExecutorListener.NONE);
	}

}
