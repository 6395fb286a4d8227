package dev.offload.registry;

import java.util.concurrent.atomic.AtomicInteger;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.spi.ExecutorFactory;

/**
 * A factory such as others may write.
 */
final class CustomExecutorFactory implements ExecutorFactory {

	private final AtomicInteger made = new AtomicInteger();

	int made() {
		return this.made.get();
	}

	@Override
	public String type() {
		return "custom";
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec) {
		this.made.incrementAndGet();
		return new CustomExecutor(spec);
	}

}
