package dev.offload.spring.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.util.unit.DataSize;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;

/**
 * Shows the executors, their limits, numbers and workers, and has them do what operators
 * want.
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

	/**
	 * Has an executor do something. Nothing here waits for tasks or workers.
	 * @param name its name
	 * @param action {@code resize}, {@code pause}, {@code resume}, {@code drain},
	 * {@code recycle}, {@code cancel} or {@code release}
	 * @param maxWorkers for {@code resize}, as are the limits that follow
	 * @param minWorkers the workers kept ready
	 * @param spareWorkers the workers kept ready beside those that are busy
	 * @param maxPending the most tasks accepted and not ended
	 * @param maxPendingBytes the most bytes of encoded arguments held at a time
	 * @param overloadWait how long a caller waits for room
	 * @param rateLimit how many tasks may come in a period, 0 for as many as like
	 * @param rateLimitPeriod the period
	 * @param queueTimeout how long a task may wait
	 * @param timeout how long a task may run
	 * @param killGrace how long a task may go on after it was interrupted
	 * @param idleTimeout after how long without a task a worker is ended
	 * @param worker for {@code recycle}: the number of the one to replace, without it all
	 * are
	 * @param task for {@code cancel}: the id of the task
	 * @param key for {@code release}: what names the work in quarantine
	 * @return the executor, as it is then
	 */
	// The parameters are those of a request, and of an operation of JMX: a flat list.
	@WriteOperation
	public ExecutorDescriptor change(@Selector String name, @Nullable String action, @Nullable Integer maxWorkers,
			@Nullable Integer minWorkers, @Nullable Integer spareWorkers, @Nullable Integer maxPending,
			@Nullable DataSize maxPendingBytes, @Nullable Duration overloadWait, @Nullable Integer rateLimit,
			@Nullable Duration rateLimitPeriod, @Nullable Duration queueTimeout, @Nullable Duration timeout,
			@Nullable Duration killGrace, @Nullable Duration idleTimeout, @Nullable Integer worker,
			@Nullable String task, @Nullable String key) {
		OffloadExecutor executor = this.registry.find(name)
			.orElseThrow(() -> Refusal.notFound("There is no executor '" + name + "'"));
		ExecutorLimits limits = new ExecutorLimits(maxWorkers, minWorkers, spareWorkers, maxPending,
				(maxPendingBytes != null) ? maxPendingBytes.toBytes() : null, overloadWait, rateLimit, rateLimitPeriod,
				queueTimeout, timeout, killGrace, idleTimeout);
		ExecutorCommand.of(action, new ExecutorCommand.Parameters(limits, worker, task, key)).performOn(executor);
		return describe(executor);
	}

	private static ExecutorDescriptor describe(OffloadExecutor executor) {
		return ExecutorDescriptor.of(executor.spec(), executor.snapshot(), executor.operations().quarantined());
	}

}
