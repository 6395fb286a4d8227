package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.InlineExecutorFactory;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;

/**
 * Retries on executors of type inline.
 */
class InlineRetryContractTests extends RetryContract {

	@Override
	ExecutorFactory factory(ContextCarriers carriers) {
		return new InlineExecutorFactory(ExecutorListener.NONE, carriers);
	}

}
