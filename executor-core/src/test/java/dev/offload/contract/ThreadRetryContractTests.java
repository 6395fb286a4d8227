package dev.offload.contract;

import dev.offload.ExecutorListener;
import dev.offload.local.ThreadExecutorFactory;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;

/**
 * Retries on executors of type thread.
 */
class ThreadRetryContractTests extends RetryContract {

	@Override
	ExecutorFactory factory(ContextCarriers carriers) {
		return new ThreadExecutorFactory(ExecutorListener.NONE, carriers);
	}

}
