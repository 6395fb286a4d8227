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
 * @param threads the number of threads but for those on which answers are decoded
 * @param workersStarted how many workers the pool has started
 */
record SoakSample(int tasks, long seconds, long heapBytes, int descriptors, int threads, long workersStarted) {

	static final List<String> HEADS = List.of("tasks", "time", "heap", "descriptors", "threads", "workers started");

	private static final int COLLECTIONS = 3;

	/** There are as many as answers come at a time, and they end 10 seconds later. */
	private static final String COMES_AND_GOES = "-completion-";

	static SoakSample take(int tasks, long nanos, long workersStarted) {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		Leftovers held = Leftovers.now();
		return new SoakSample(tasks, nanos / 1_000_000_000, heap, held.descriptors().size(), threads(held),
				workersStarted);
	}

	private static int threads(Leftovers held) {
		return (int) held.threads().values().stream().filter((name) -> !name.contains(COMES_AND_GOES)).count();
	}

	List<String> row() {
		return List.of(Integer.toString(this.tasks), this.seconds + " s", this.heapBytes / 1024 + " KiB",
				Integer.toString(this.descriptors), Integer.toString(this.threads), Long.toString(this.workersStarted));
	}

}
