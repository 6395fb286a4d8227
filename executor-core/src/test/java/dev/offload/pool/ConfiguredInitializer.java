package dev.offload.pool;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;

/**
 * Keeps its arguments, and fails if they say so.
 */
final class ConfiguredInitializer implements WorkerInitializer {

	private static final AtomicInteger runs = new AtomicInteger();

	private static volatile List<String> arguments = List.of();

	ConfiguredInitializer() {
	}

	@Override
	public void initialize(WorkerEnvironment environment) {
		if (environment.arguments().contains("fail")) {
			throw new IllegalStateException("no model in " + environment.executor());
		}
		runs.incrementAndGet();
		arguments = environment.arguments();
	}

	static String seen() {
		return runs.get() + " " + arguments;
	}

}
