package dev.offload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The handle of something that never was in an executor.
 *
 * @param <T> the type of the result
 */
final class CompletedTask<T extends @Nullable Object> implements TaskHandle<T> {

	private final Instant at = Instant.now();

	private final CompletableFuture<T> future;

	CompletedTask(T value) {
		this.future = CompletableFuture.completedFuture(value);
	}

	@Override
	public String id() {
		return "";
	}

	@Override
	public String label() {
		return "completed";
	}

	@Override
	public TaskStatus status() {
		return TaskStatus.SUCCEEDED;
	}

	@Override
	public TaskRecord record() {
		TaskTimes times = new TaskTimes(this.at, this.at, this.at, Duration.ZERO, Duration.ZERO);
		return new TaskRecord("", id(), label(), Map.of(), status(), 1, -1, times, null, null);
	}

	@Override
	public CompletableFuture<T> future() {
		return this.future;
	}

	@Override
	public boolean cancel() {
		return false;
	}

	@Override
	public String toString() {
		return "completed task";
	}

}
