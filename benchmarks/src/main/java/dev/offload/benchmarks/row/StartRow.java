package dev.offload.benchmarks.row;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerEvent;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.floor.Hello;
import dev.offload.benchmarks.run.JavaCommand;
import dev.offload.benchmarks.run.Samples;
import dev.offload.pool.ProcessExecutorFactory;

/**
 * How long it takes until the first worker of a new executor is ready, and until the
 * first task has its result, beside a JVM that says one line. Both are of the same
 * starts.
 */
final class StartRow implements Row {

	private static final int MILLIS = 800;

	private static final int CACHE_MILLIS = 5_000;

	@Override
	public String name() {
		return "start";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		Samples bare = new Samples("java Hello");
		Samples ready = new Samples("worker ready");
		Samples first = new Samples("first task done");
		awaitCache();
		int times = sheet.times(MILLIS);
		// The first time the files are not in memory yet.
		for (int i = -1; i < times; i++) {
			long hello = hello();
			Start start = start();
			if (i >= 0) {
				bare.add(hello);
				ready.add(start.ready());
				first.add(start.first());
			}
		}
		sheet.millis(ready, bare, Goal.ratioAtMost(1.6));
		sheet.millis(first, bare, null);
	}

	// A start-up cache is made beside the first tasks, and is of no use to the worker
	// that was there before.
	private static void awaitCache() throws Exception {
		try (OffloadExecutor executor = ProcessExecutorFactory.builder().build().create(spec().build())) {
			executor.call(() -> 1L);
			Thread.sleep(CACHE_MILLIS);
		}
	}

	private static long hello() throws IOException {
		long start = System.nanoTime();
		Process process = JavaCommand.of(Hello.class, List.of(), List.of()).start();
		try {
			process.inputReader().readLine();
			return System.nanoTime() - start;
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Start start() throws Exception {
		ReadyListener listener = new ReadyListener();
		ProcessExecutorFactory factory = ProcessExecutorFactory.builder().listener(listener).build();
		long start = System.nanoTime();
		try (OffloadExecutor executor = factory.create(spec().build())) {
			executor.call(() -> 1L);
			long first = System.nanoTime() - start;
			return new Start(listener.ready.get() - start, first);
		}
	}

	private static ExecutorSpec.Builder spec() {
		return ExecutorSpec.builder("bench").maxWorkers(1);
	}

	/**
	 * One start: what was reached after how many nanoseconds.
	 *
	 * @param ready the worker was ready
	 * @param first the first task had its result
	 */
	private record Start(long ready, long first) {
	}

	/**
	 * Keeps when the first worker was ready.
	 */
	private static final class ReadyListener implements DirectExecutorListener {

		private final CompletableFuture<Long> ready = new CompletableFuture<>();

		@Override
		public void workerChanged(WorkerEvent event) {
			if (event.change() == WorkerEvent.Change.READY) {
				this.ready.complete(System.nanoTime());
			}
		}

	}

}
