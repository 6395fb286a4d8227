package dev.offload.contract;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import dev.offload.ExecutorListener;
import dev.offload.local.VirtualExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * The contract, for executors of type virtual.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualExecutorContractTests extends ExecutorContract {

	@Override
	protected ExecutorFactory factory(ExecutorListener listener) {
		return new VirtualExecutorFactory(listener);
	}

}
