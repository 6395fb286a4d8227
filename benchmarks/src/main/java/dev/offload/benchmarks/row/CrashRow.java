package dev.offload.benchmarks.row;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerState;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Unit;
import dev.offload.benchmarks.run.Samples;

/**
 * How long it takes from the kill of a worker until its task has failed, with its whole
 * report, and from there until the next task is done.
 */
final class CrashRow implements Row {

	private static final int MILLIS = 600;

	private static final long LONG = 60_000;

	@Override
	public String name() {
		return "crash";
	}

	@Override
	public void measure(Sheet sheet) throws Exception {
		Samples failed = new Samples("killed, its task failed with the report");
		Samples next = new Samples("failed, next task done by a spare worker");
		run(sheet, (spec) -> spec.maxWorkers(2).minWorkers(2).spareWorkers(1), failed, next);
		sheet.millis(failed, Goal.atMost(10));
		sheet.add("the longest of these", failed.maxMicros() / 1e3, Unit.MILLIS, null, Goal.atMost(250));
		sheet.millis(next, Goal.atMost(20));
		Samples without = new Samples("failed, next task done without a spare worker");
		run(sheet, (spec) -> spec.maxWorkers(1).minWorkers(1), new Samples("failed"), without);
		sheet.millis(without, null);
	}

	private static void run(Sheet sheet, UnaryOperator<ExecutorSpec.Builder> settings, Samples failed, Samples next)
			throws Exception {
		try (Pool pool = new Pool(ExecutorSpec.PROCESS, settings)) {
			int times = sheet.times(MILLIS);
			for (int i = 0; i < times; i++) {
				awaitReady(pool.executor());
				long start = failAfterKill(pool, failed);
				pool.callOnce(Work.nextOf(1));
				next.add(System.nanoTime() - start);
			}
		}
	}

	// Gives the moment at which the task has failed.
	private static long failAfterKill(Pool pool, Samples failed) throws Exception {
		CompletableFuture<Long> end = pool.submit(Work.sleepOf(LONG)).handle((value, failure) -> endedAt(failure));
		ProcessHandle worker = ProcessHandle.of(busy(pool.executor())).orElseThrow();
		// It should not be hit while it begins.
		Thread.sleep(20);
		long kill = System.nanoTime();
		worker.destroyForcibly();
		long ended = end.get();
		failed.add(ended - kill);
		return ended;
	}

	private static long endedAt(@Nullable Throwable failure) {
		long now = System.nanoTime();
		if (failure instanceof WorkerCrashException crash && "SIGKILL".equals(crash.signal())) {
			return now;
		}
		throw new IllegalStateException("No report of the kill", failure);
	}

	private static long busy(OffloadExecutor executor) throws InterruptedException {
		Optional<WorkerSnapshot> busy = Optional.empty();
		while (busy.isEmpty()) {
			Thread.sleep(1);
			busy = executor.snapshot().workers().stream().filter(in(WorkerState.BUSY)).findFirst();
		}
		return busy.get().pid();
	}

	// All workers, for the start of another one disturbs.
	private static void awaitReady(OffloadExecutor executor) throws Exception {
		executor.call(() -> 1L);
		int wanted = executor.spec().minWorkers();
		while (executor.snapshot().workers().stream().filter(in(WorkerState.IDLE)).count() < wanted) {
			Thread.sleep(5);
		}
	}

	private static Predicate<WorkerSnapshot> in(WorkerState state) {
		return (worker) -> worker.state() == state;
	}

}
