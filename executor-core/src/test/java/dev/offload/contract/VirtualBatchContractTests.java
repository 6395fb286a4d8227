package dev.offload.contract;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import dev.offload.ExecutorListener;
import dev.offload.local.VirtualExecutorFactory;
import dev.offload.spi.ExecutorFactory;

/**
 * Batches on executors of type virtual.
 */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualBatchContractTests extends BatchContract {

	@Override
	ExecutorFactory factory() {
		return new VirtualExecutorFactory(ExecutorListener.NONE);
	}

}
