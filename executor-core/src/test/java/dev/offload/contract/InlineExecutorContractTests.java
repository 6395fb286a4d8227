package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.InlineExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * The contract, for executors of type inline.
 */
class InlineExecutorContractTests extends ExecutorContract {

	@Override
	protected ExecutorFactory factory(ExecutorListener listener) {
		return new InlineExecutorFactory(listener);
	}

}
