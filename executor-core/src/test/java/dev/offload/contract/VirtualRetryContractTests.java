package dev.offload.contract;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import dev.offload.ExecutorListener;
import dev.offload.local.VirtualExecutorFactory;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;

/**
 * Retries on executors of type virtual.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualRetryContractTests extends RetryContract {

	@Override
	ExecutorFactory factory(ContextCarriers carriers) {
		return new VirtualExecutorFactory(ExecutorListener.NONE, carriers);
	}

}
