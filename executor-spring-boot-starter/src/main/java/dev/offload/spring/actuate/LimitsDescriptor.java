package dev.offload.spring.actuate;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;

/**
 * The limits of an executor as the endpoint shows them. Durations are ISO-8601, and
 * {@code PT0S} is none.
 *
 * @param maxWorkers the most workers, processes or threads
 * @param minWorkers the workers kept ready
 * @param threadsPerWorker how many tasks a worker process runs at a time
 * @param maxPending the most tasks accepted and not ended
 * @param maxPendingBytes the most bytes of encoded arguments held; left out where it is
 * not set, which means a quarter of the heap
 * @param maxPayloadBytes the most bytes of one task or one result
 * @param maxTasksPerWorker after how many tasks a worker is replaced, 0 for never
 * @param queueTimeout how long a task may wait for a worker
 * @param timeout how long a task may run
 * @param killGrace how long it may go on after it was interrupted
 * @param idleTimeout after how long without a task a worker is ended
 * @param overload what happens to a task for which there is no room
 */
public record LimitsDescriptor(int maxWorkers, int minWorkers, int threadsPerWorker, int maxPending,
		@Nullable Long maxPendingBytes, long maxPayloadBytes, int maxTasksPerWorker, String queueTimeout,
		String timeout, String killGrace, String idleTimeout, String overload) {

	static LimitsDescriptor of(ExecutorSpec spec) {
		return new LimitsDescriptor(spec.maxWorkers(), spec.minWorkers(), spec.threadsPerWorker(), spec.maxPending(),
				spec.maxPendingBytes(), spec.maxPayloadBytes(), spec.maxTasksPerWorker(),
				ExecutorDescriptor.text(spec.queueTimeout()), ExecutorDescriptor.text(spec.timeout()),
				ExecutorDescriptor.text(spec.killGrace()), ExecutorDescriptor.text(spec.idleTimeout()),
				ExecutorDescriptor.word(spec.overload()));
	}

}
