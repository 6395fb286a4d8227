package dev.offload.test.chaos;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import dev.offload.DirectExecutorListener;
import dev.offload.TaskEvent;
import dev.offload.WorkerEvent;

/**
 * Notes when tasks are handed over and when worker processes are dead. Safe for use by
 * many threads.
 */
final class WorkerClock implements DirectExecutorListener {

	private final Map<String, CompletableFuture<Long>> starts = new ConcurrentHashMap<>();

	private final Map<Long, CompletableFuture<Long>> deaths = new ConcurrentHashMap<>();

	@Override
	public void taskStarted(TaskEvent event) {
		start(event.taskId()).complete(System.nanoTime());
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		if (event.change() == WorkerEvent.Change.STARTED) {
			ProcessHandle.of(event.pid()).ifPresent(this::watch);
		}
	}

	private void watch(ProcessHandle process) {
		var unused = process.onExit().thenRun(() -> death(process.pid()).complete(System.nanoTime()));
	}

	// The System.nanoTime() at which a task was handed over; waits for that.
	long startOf(String task) throws Exception {
		return start(task).get(1, TimeUnit.MINUTES);
	}

	// The System.nanoTime() at which a process was dead; waits for that.
	long deathOf(long pid) throws Exception {
		return death(pid).get(1, TimeUnit.MINUTES);
	}

	private CompletableFuture<Long> start(String task) {
		return this.starts.computeIfAbsent(task, (ignored) -> new CompletableFuture<>());
	}

	private CompletableFuture<Long> death(long pid) {
		return this.deaths.computeIfAbsent(pid, (ignored) -> new CompletableFuture<>());
	}

}
