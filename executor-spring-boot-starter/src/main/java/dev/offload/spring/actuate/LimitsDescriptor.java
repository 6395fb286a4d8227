package dev.offload.spring.actuate;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.spring.Words;

/**
 * The limits of an executor that are in force, as the endpoint shows them. Durations are
 * ISO-8601, and {@code PT0S} is none.
 *
 * @param maxWorkers the most workers, processes or threads, that there may be
 * @param minWorkers the workers kept ready
 * @param spareWorkers the workers kept ready beside busy ones
 * @param threadsPerWorker how many tasks a worker process runs at a time
 * @param maxPending the most tasks accepted and not ended
 * @param maxPendingBytes the most bytes of encoded arguments held; left out where none
 * are encoded
 * @param maxPayloadBytes the most bytes of one task or one result
 * @param maxTasksPerWorker after how many tasks a worker is replaced, 0 for never
 * @param maxWorkerAge at what age a worker is replaced
 * @param maxWorkerMemory above how many bytes of resident memory a worker is replaced;
 * left out where it is not set
 * @param hangTimeout after how long without a sign of life a worker is killed
 * @param queueTimeout how long a task may wait for a worker
 * @param timeout how long a task may run
 * @param killGrace how long it may go on after it was interrupted
 * @param idleTimeout after how long without a task a worker is ended
 * @param overload what happens to a task for which there is no room
 * @param overloadWait how long its caller waits for room, if it is {@code wait}
 * @param rateLimit how many tasks may come in a period, 0 for as many as like
 * @param rateLimitPeriod the period
 */
public record LimitsDescriptor(int maxWorkers, int minWorkers, int spareWorkers, int threadsPerWorker, int maxPending,
		@Nullable Long maxPendingBytes, long maxPayloadBytes, int maxTasksPerWorker, String maxWorkerAge,
		@Nullable Long maxWorkerMemory, String hangTimeout, String queueTimeout, String timeout, String killGrace,
		String idleTimeout, String overload, String overloadWait, int rateLimit, String rateLimitPeriod) {

	static LimitsDescriptor of(ExecutorSpec spec, int maxWorkers) {
		return new LimitsDescriptor(maxWorkers, spec.minWorkers(), spec.spareWorkers(), spec.threadsPerWorker(),
				spec.maxPending(), spec.maxPendingBytes(), spec.maxPayloadBytes(), spec.maxTasksPerWorker(),
				ExecutorDescriptor.text(spec.maxWorkerAge()), spec.maxWorkerMemory(),
				ExecutorDescriptor.text(spec.hangTimeout()), ExecutorDescriptor.text(spec.queueTimeout()),
				ExecutorDescriptor.text(spec.timeout()), ExecutorDescriptor.text(spec.killGrace()),
				ExecutorDescriptor.text(spec.idleTimeout()), Words.of(spec.overload()),
				ExecutorDescriptor.text(spec.overloadWait()), spec.rateLimit(),
				ExecutorDescriptor.text(spec.rateLimitPeriod()));
	}

}
