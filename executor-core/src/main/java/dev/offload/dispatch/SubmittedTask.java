package dev.offload.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskHandle;
import dev.offload.TaskRecord;
import dev.offload.TaskStatus;

/**
 * The handle of a submitted task.
 *
 * @param <T> the type of the result
 */
final class SubmittedTask<T extends @Nullable Object> implements TaskHandle<T> {

	private final PendingTask task;

	private final TaskLifecycle lifecycle;

	/** Only held: an executor with a task or a handle of one is not dropped. */
	@SuppressWarnings("unused")
	private final Object executor;

	private final TaskFuture future = new TaskFuture();

	SubmittedTask(PendingTask task, TaskLifecycle lifecycle, Executor completion, Object executor) {
		this.task = task;
		this.lifecycle = lifecycle;
		this.executor = executor;
		var unused = task.settled().thenAcceptAsync(this::complete, completion);
	}

	@SuppressWarnings("unchecked")
	private void complete(Outcome outcome) {
		try {
			if (!this.future.complete((T) this.lifecycle.conclude(this.task, outcome))) {
				outcome.discard();
			}
		}
		catch (Throwable ex) {
			this.future.completeExceptionally(ex);
		}
	}

	@Override
	public String id() {
		return this.task.id();
	}

	@Override
	public String label() {
		return this.task.label();
	}

	@Override
	public TaskStatus status() {
		return this.task.submission().status();
	}

	@Override
	public TaskRecord record() {
		return this.task.submission().record();
	}

	@Override
	public CompletableFuture<T> future() {
		return this.future;
	}

	@Override
	public boolean cancel() {
		return this.future.cancel(true);
	}

	@Override
	public String toString() {
		return this.task + " " + status();
	}

	/**
	 * A future whose cancelling cancels the task.
	 */
	private final class TaskFuture extends CompletableFuture<T> {

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			SubmittedTask.this.lifecycle.cancel(SubmittedTask.this.task);
			return super.cancel(mayInterruptIfRunning);
		}

		@Override
		public <U> CompletableFuture<U> newIncompleteFuture() {
			return new CompletableFuture<>();
		}

	}

}
