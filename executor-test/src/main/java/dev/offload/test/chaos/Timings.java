package dev.offload.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskTimeoutException;
import dev.offload.WorkerSnapshot;
import dev.offload.WorkerSpec;
import dev.offload.pool.ProcessExecutorFactory;
import dev.offload.test.FaultTasks;

/**
 * Measures how exact limits are, and how soon a death is told.
 */
final class Timings {

	private static final Duration LIMIT = Duration.ofMillis(200);

	private static final Duration GRACE = Duration.ofMillis(100);

	private static final Duration LONG = Duration.ofMinutes(5);

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
		try (OffloadExecutor executor = create()) {
			for (int i = 0; i < this.runs; i++) {
				times.add(timeToFailure(executor, "crash-" + i));
			}
		}
		return new Distribution(times);
	}

	private long timeToFailure(OffloadExecutor executor, String id) throws Exception {
		TaskHandle<Long> task = executor.submit(FaultTasks.sleep(LONG), TaskOptions.DEFAULTS.withId(id));
		this.clock.startOf(id);
		CompletableFuture<Long> end = task.future().handle((value, failure) -> endedAt(failure));
		ProcessHandle worker = ProcessHandle.of(pidOf(executor, id)).orElseThrow();
		long killed = System.nanoTime();
		worker.destroyForcibly();
		return end.get(1, TimeUnit.MINUTES) - killed;
	}

	private static long endedAt(@Nullable Throwable failure) {
		if (failure == null) {
			throw new IllegalStateException("The task of a killed worker has succeeded");
		}
		return System.nanoTime();
	}

	private static long pidOf(OffloadExecutor executor, String task) {
		return executor.snapshot()
			.workers()
			.stream()
			.filter((worker) -> worker.currentTasks().stream().anyMatch((current) -> current.id().equals(task)))
			.mapToLong(WorkerSnapshot::pid)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No worker runs " + task));
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
