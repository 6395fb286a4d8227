package dev.offload.pool;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerHeartbeat;

/**
 * Finds the workers that are due: by their tasks, their age, their memory. Safe for use
 * by many threads.
 */
final class WorkerLimits {

	private static final Logger logger = LoggerFactory.getLogger(WorkerLimits.class);

	private static final long MEMORY_CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** A worker above its memory with fewer tasks was above it from the beginning. */
	private static final int TASKS_OF_FRESH = 2;

	/** So many of them in a row say that the limit is wrong, and not the workers. */
	private static final int MAX_FRESH = 2;

	private final PoolCore core;

	private final BiConsumer<Worker, EndReason> due;

	/** Written by the timer's thread only. */
	private volatile int freshAbove;

	/** Written by the timer's thread only. */
	private volatile boolean memoryIgnored;

	/**
	 * Creates one.
	 * @param core what the pool shares
	 * @param due called with each worker that is due, maybe more than once
	 */
	WorkerLimits(PoolCore core, BiConsumer<Worker, EndReason> due) {
		this.core = core;
		this.due = due;
	}

	void watch(Worker worker) {
		ExecutorSpec spec = this.core.spec();
		long age = spec.maxWorkerAge().toNanos();
		if (age > 0) {
			worker.timers()
				.run(this.core.services().deadlines(), jittered(age), () -> this.due.accept(worker, EndReason.AGE));
		}
		Long memory = spec.maxWorkerMemory();
		if (memory != null) {
			worker.timers()
				.run(this.core.services().deadlines(), MEMORY_CHECK_NANOS, () -> checkMemory(worker, memory));
		}
	}

	// Up to a tenth less, so that not all go at once that were started at once.
	static long jittered(long age) {
		return age - ThreadLocalRandom.current().nextLong(age / 10 + 1);
	}

	// A task of a worker begins.
	void begun(Worker worker) {
		if (this.core.spec().maxTasksPerWorker() == 1) {
			this.due.accept(worker, EndReason.RECYCLE);
		}
	}

	/**
	 * A task of a worker has ended.
	 * @param worker the worker
	 * @return {@code true} if it must run no other
	 */
	boolean isUsedUp(Worker worker) {
		long done = worker.taskDone();
		int limit = this.core.spec().maxTasksPerWorker();
		if (limit > 1 && done >= limit) {
			this.due.accept(worker, EndReason.RECYCLE);
		}
		return limit == 1;
	}

	private void checkMemory(Worker worker, long limit) {
		if (worker.phase() != Worker.Phase.READY || this.memoryIgnored) {
			return;
		}
		WorkerHeartbeat heartbeat = worker.vitals().latest();
		if (heartbeat != null && heartbeat.residentBytes() > limit) {
			above(worker, heartbeat.residentBytes(), limit);
			return;
		}
		worker.timers().run(this.core.services().deadlines(), MEMORY_CHECK_NANOS, () -> checkMemory(worker, limit));
	}

	private void above(Worker worker, long bytes, long limit) {
		boolean fresh = worker.tasksDone() < TASKS_OF_FRESH;
		this.freshAbove = fresh ? this.freshAbove + 1 : 0;
		if (this.freshAbove < MAX_FRESH) {
			logger.info("{} takes {} bytes, more than max-worker-memory {}, and is replaced", worker, bytes, limit);
			this.due.accept(worker, EndReason.MEMORY);
			return;
		}
		this.memoryIgnored = true;
		logger.error(
				"{} takes {} bytes, more than max-worker-memory {}, and has ended only {} tasks, as the worker before "
						+ "it: to replace it would not help. No worker is replaced for its memory any more; raise "
						+ "max-worker-memory above what a worker needs, or lower worker.heap",
				worker, bytes, limit, worker.tasksDone());
	}

}
