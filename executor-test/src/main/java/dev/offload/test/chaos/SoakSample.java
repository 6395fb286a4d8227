package dev.offload.test.chaos;

import java.lang.management.ManagementFactory;
import java.util.List;

import dev.offload.test.Leftovers;

/**
 * What the service holds at one moment of the soak, when no task runs.
 *
 * @param tasks how many tasks have run
 * @param seconds since the start
 * @param heapBytes the heap in use after a collection
 * @param descriptors the number of open file descriptors
 * @param threads the number of threads
 * @param workersStarted how many workers the pool has started
 */
record SoakSample(int tasks, long seconds, long heapBytes, int descriptors, int threads, long workersStarted) {

	static final List<String> HEADS = List.of("tasks", "time", "heap", "descriptors", "threads", "workers started");

	private static final int COLLECTIONS = 3;

	static SoakSample take(int tasks, long nanos, long workersStarted) {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		Leftovers held = Leftovers.now();
		return new SoakSample(tasks, nanos / 1_000_000_000, heap, held.descriptors().size(), held.threads().size(),
				workersStarted);
	}

	List<String> row() {
		return List.of(Integer.toString(this.tasks), this.seconds + " s", this.heapBytes / 1024 + " KiB",
				Integer.toString(this.descriptors), Integer.toString(this.threads), Long.toString(this.workersStarted));
	}

}
