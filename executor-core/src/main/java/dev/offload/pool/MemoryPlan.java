package dev.offload.pool;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * How the memory of a machine is divided between a service and the workers of all its
 * executors: a pure function of what there is and what is wanted.
 *
 * <p>
 * What the settings say is given. What then is left is divided evenly between all workers
 * whose heap they do not say.
 *
 * @param machine what there is, with a memory that is known
 * @param demands what is wanted
 * @param fairHeap the heap of a worker whose settings do not say it
 */
record MemoryPlan(Machine machine, List<MemoryDemand> demands, long fairHeap) {

	/** Beside the service's heap: classes, compiled code, stacks, buffers. */
	static final long SERVICE_OVERHEAD = 192 * MemoryDemand.MEGABYTE;

	/** With less no application does much. */
	static final long LEAST_HEAP = 64 * MemoryDemand.MEGABYTE;

	/** The JVM's own choice is a quarter; more than that is nobody's default. */
	private static final int LARGEST_PART = 4;

	static MemoryPlan of(Machine machine, List<MemoryDemand> demands) {
		long left = machine.memoryBytes() - machine.serviceHeapBytes() - SERVICE_OVERHEAD;
		long sharing = 0;
		for (MemoryDemand demand : demands) {
			left -= demand.workers() * demand.overhead();
			if (demand.heap() != null) {
				left -= demand.workers() * demand.heap();
			}
			else {
				sharing += demand.workers();
			}
		}
		long slice = Math.min(left / Math.max(1, sharing), machine.memoryBytes() / LARGEST_PART);
		long wholeMegabytes = slice - Math.floorMod(slice, MemoryDemand.MEGABYTE);
		return new MemoryPlan(machine, List.copyOf(demands), Math.max(LEAST_HEAP, wholeMegabytes));
	}

	long heapOf(MemoryDemand demand) {
		return (demand.heap() != null) ? demand.heap() : Math.max(this.fairHeap, demand.leastHeap());
	}

	// What service and workers take when all of them are there and full.
	long total() {
		long total = this.machine.serviceHeapBytes() + SERVICE_OVERHEAD;
		for (MemoryDemand demand : this.demands) {
			total += totalOf(demand);
		}
		return total;
	}

	long totalOf(MemoryDemand demand) {
		return demand.workers() * (heapOf(demand) + demand.overhead());
	}

	/**
	 * What is wrong with it.
	 * @return the whole sum and what to do, or {@code null} if there is room for all
	 */
	@Nullable String overCommitment() {
		if (total() <= this.machine.memoryBytes()) {
			return null;
		}
		String workers = this.demands.stream()
			.map((demand) -> "executor '" + demand.executor() + "' " + demand.workers() + " x (heap "
					+ megabytes(heapOf(demand)) + ((demand.heap() != null) ? "" : ", the least that is shared out")
					+ " + " + megabytes(demand.overhead()) + ")")
			.collect(Collectors.joining(" + "));
		return "The service and its workers may take " + megabytes(total()) + ", and there are "
				+ megabytes(this.machine.memoryBytes()) + ": service (heap "
				+ megabytes(this.machine.serviceHeapBytes()) + " + " + megabytes(SERVICE_OVERHEAD) + ") + " + workers
				+ ". When that is used up, the kernel kills workers or the service. Lower max-workers, worker.heap or "
				+ "the heap of the service (-Xmx), or give the container " + megabytes(total());
	}

	static String megabytes(long bytes) {
		return (bytes + MemoryDemand.MEGABYTE - 1) / MemoryDemand.MEGABYTE + " MB";
	}

}
