package dev.offload.benchmarks.row;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.benchmarks.run.Allocation;

/**
 * The heap that one task takes in the service and in its worker.
 */
final class AllocationRow implements Row {

	private static final int MANY = 20_000;

	private static final int FEW = 200;

	private static final int LARGE = 1024 * 1024;

	@Override
	public String name() {
		return "allocation";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		// The counters of a worker are its own.
		try (Pool pool = new Pool(ExecutorSpec.PROCESS, (spec) -> spec.minWorkers(1).maxWorkers(1))) {
			measure(sheet, pool, "no-op", Work.nextOf(1), MANY, 0);
			measure(sheet, pool, "1 MiB byte[]", Work.echoOf(new byte[LARGE]), FEW, LARGE);
		}
	}

	private static void measure(Sheet sheet, Pool pool, String what, Invocation invocation, int times, int payload)
			throws Exception {
		repeat(pool, invocation, times);
		long service = Allocation.bytes();
		long worker = worker(pool);
		repeat(pool, invocation, times);
		add(sheet, what + ", worker", (double) (worker(pool) - worker) / times, payload);
		add(sheet, what + ", service", (double) (Allocation.bytes() - service) / times, payload);
	}

	private static void repeat(Pool pool, Invocation invocation, int times) throws Exception {
		for (int i = 0; i < times; i++) {
			pool.callOnce(invocation);
		}
	}

	private static long worker(Pool pool) throws Exception {
		return pool.executor().call(Allocation::bytes);
	}

	private static void add(Sheet sheet, String what, double bytes, int payload) {
		@Nullable Comparison comparison = (payload > 0) ? new Comparison("payload", payload, bytes / payload) : null;
		sheet.add(what, bytes, Unit.BYTES, comparison, (payload > 0) ? Goal.ratioAtMost(1.2) : null);
	}

}
