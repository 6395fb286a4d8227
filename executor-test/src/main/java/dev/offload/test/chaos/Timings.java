package dev.offload.test.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerSpec;
import dev.offload.WorkerState;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.test.FaultTasks;

/**
 * Measures how exact limits are, and how soon a death is told.
 */
final class Timings {

	private static final Duration LIMIT = Duration.ofMillis(200);

	private static final Duration GRACE = Duration.ofMillis(100);

	private static final int LONG = 300_000;

	private final WorkerClock clock = new WorkerClock();

	private final int runs;

	Timings(int runs) {
		this.runs = runs;
	}

	// From limit and grace to the moment at which the worker of a busy loop is dead.
	Distribution killAccuracy() throws Exception {
		List<Long> late = new ArrayList<>();
		try (OffloadExecutor executor = create()) {
			for (int i = 0; i < this.runs; i++) {
				late.add(latenessOfKill(executor, "kill-" + i));
			}
		}
		return new Distribution(late);
	}

	private long latenessOfKill(OffloadExecutor executor, String id) throws Exception {
		long pid = -1;
		try {
			executor.call(FaultTasks.spin(), TaskOptions.DEFAULTS.withId(id).withTimeout(LIMIT));
		}
		catch (TaskTimeoutException ex) {
			pid = ex.pid();
		}
		return this.clock.deathOf(pid) - this.clock.startOf(id) - LIMIT.plus(GRACE).toNanos();
	}

	// From kill -9 of the worker of a task to the end of its future.
	Distribution crashSeen() throws Exception {
		List<Long> times = new ArrayList<>();
		Path log = Files.createTempDirectory("chaos-");
		try (OffloadExecutor executor = create()) {
			for (int i = 0; i < this.runs; i++) {
				times.add(timeToFailure(executor, new ChaosTask(i, log.toString(), ChaosTask.Work.SLEEP, LONG, "")));
			}
		}
		finally {
			ExecutionLog.delete(log);
		}
		return new Distribution(times);
	}

	private static long timeToFailure(OffloadExecutor executor, ChaosTask task) throws Exception {
		CompletableFuture<Long> end = executor.submit(task).future().handle((value, failure) -> endedAt(failure));
		while (!ExecutionLog.read(Path.of(task.log())).containsKey(task.id())) {
			requireOpen(end);
			Thread.sleep(1);
		}
		ProcessHandle worker = ProcessHandle.of(pidOfBusy(executor)).orElseThrow();
		long killed = System.nanoTime();
		worker.destroyForcibly();
		return end.get(1, TimeUnit.MINUTES) - killed;
	}

	private static void requireOpen(CompletableFuture<Long> end) {
		if (end.isDone()) {
			throw new IllegalStateException("The task has ended before its worker was killed");
		}
	}

	private static long endedAt(@Nullable Throwable failure) {
		if (failure == null) {
			throw new IllegalStateException("The task of a killed worker has succeeded");
		}
		return System.nanoTime();
	}

	private static long pidOfBusy(OffloadExecutor executor) {
		return executor.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.state() == WorkerState.BUSY)
			.mapToLong(WorkerSnapshot::pid)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No worker is busy"));
	}

	private OffloadExecutor create() {
		ExecutorSpec spec = ExecutorSpec.builder("chaos-timings")
			.maxWorkers(1)
			.killGrace(GRACE)
			.worker(WorkerSpec.builder().heapBytes(32L * 1024 * 1024).build())
			.build();
		return ProcessExecutorFactory.builder().listener(this.clock).build().create(spec);
	}

}
