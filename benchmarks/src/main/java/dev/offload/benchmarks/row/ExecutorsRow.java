package dev.offload.benchmarks.row;

import java.lang.management.ManagementFactory;

import dev.offload.ExecutorSpec;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.registry.StandardExecutorRegistry;

/**
 * What a thousand executors cost that nobody uses.
 */
final class ExecutorsRow implements Row {

	private static final int COUNT = 1000;

	@Override
	public String name() {
		return "executors";
	}

	@Override
	public void measure(Sheet sheet) {
		try (StandardExecutorRegistry registry = StandardExecutorRegistry.create()) {
			define(registry, "warm", 10);
			long heap = heap();
			int threads = threads();
			long start = System.nanoTime();
			define(registry, "idle", COUNT);
			double micros = (System.nanoTime() - start) / 1e3;
			sheet.add("threads of 1,000", threads() - threads, Unit.COUNT, null, Goal.atMost(0));
			sheet.add("processes of 1,000", (double) ProcessHandle.current().descendants().count(), Unit.COUNT, null,
					Goal.atMost(0));
			sheet.add("time of one", micros / COUNT, Unit.MICROS);
			sheet.add("heap of one", (double) (heap() - heap) / COUNT, Unit.BYTES);
		}
	}

	private static void define(StandardExecutorRegistry registry, String prefix, int count) {
		for (int i = 0; i < count; i++) {
			registry.getOrCreate(ExecutorSpec.builder(prefix + i).maxWorkers(Pool.WORKERS).build());
		}
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
