package dev.offload.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;

/**
 * Shows the executors, their limits, numbers and workers.
 */
@Endpoint(id = "executors")
public final class ExecutorsEndpoint {

	private final ExecutorRegistry registry;

	/**
	 * Creates one.
	 * @param registry the executors to show
	 */
	public ExecutorsEndpoint(ExecutorRegistry registry) {
		this.registry = registry;
	}

	/**
	 * All executors.
	 * @return the executors by name, in the order of their making
	 */
	@ReadOperation
	public Map<String, ExecutorDescriptor> executors() {
		Map<String, ExecutorDescriptor> executors = new LinkedHashMap<>();
		this.registry.executors().forEach((name, executor) -> executors.put(name, describe(executor)));
		// Written by the mapper of endpoints, as a single one is.
		return OperationResponseBody.of(executors);
	}

	/**
	 * One executor.
	 * @param name its name
	 * @return the executor, or {@code null} (on the web: 404) if there is none
	 */
	@ReadOperation
	public @Nullable ExecutorDescriptor executor(@Selector String name) {
		return this.registry.find(name).map(ExecutorsEndpoint::describe).orElse(null);
	}

	private static ExecutorDescriptor describe(OffloadExecutor executor) {
		return ExecutorDescriptor.of(executor.spec(), executor.snapshot());
	}

}
