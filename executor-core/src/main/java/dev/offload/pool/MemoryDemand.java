package dev.offload.pool;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerContext;
import dev.offload.process.OwnOptions;

/**
 * The memory that the workers of one executor want.
 *
 * @param executor its name
 * @param workers how many there can be at a time, a replacement included
 * @param heap the largest heap of each by the settings, {@code null} for a fair share
 * @param leastHeap what a fair share must not be below, for the settings want it at once
 * @param overhead what each takes beside its heap
 */
record MemoryDemand(String executor, int workers, @Nullable Long heap, long leastHeap, long overhead) {

	static final long MEGABYTE = 1024 * 1024;

	/**
	 * Beside the heap of a worker without beans: the JVM's own code and data, classes,
	 * compiled code, structures of the collector, buffers.
	 */
	static final long OVERHEAD = 64 * MEGABYTE;

	/** The same with the classes and the compiled code of an application's context. */
	static final long OVERHEAD_WITH_BEANS = 128 * MEGABYTE;

	/** What the stack of a thread may grow to by default. */
	static final long STACK = MEGABYTE;

	static MemoryDemand of(ExecutorSpec spec, int maxWorkers, Machine machine) {
		OwnOptions own = OwnOptions.of(spec.worker().jvmArgs());
		long base = (spec.worker().context() == WorkerContext.NONE) ? OVERHEAD : OVERHEAD_WITH_BEANS;
		return new MemoryDemand(spec.name(), maxWorkers + (isReplacing(spec) ? 1 : 0), heap(spec, own, machine),
				(own.initialHeap() != null) ? own.initialHeap() : 0, base + spec.threadsPerWorker() * STACK);
	}

	// A worker goes on until its replacement is ready.
	private static boolean isReplacing(ExecutorSpec spec) {
		return spec.maxTasksPerWorker() > 0 || !spec.maxWorkerAge().isZero() || spec.maxWorkerMemory() != null;
	}

	private static @Nullable Long heap(ExecutorSpec spec, OwnOptions own, Machine machine) {
		if (own.maxHeap() != null) {
			return own.maxHeap();
		}
		if (spec.worker().heapBytes() == null && own.memoryPercentage() != null) {
			return (long) (machine.memoryBytes() * own.memoryPercentage() / 100);
		}
		return spec.worker().heapBytes();
	}

}
