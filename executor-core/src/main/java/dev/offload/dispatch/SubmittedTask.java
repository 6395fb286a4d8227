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

	private final Submission submission;

	private final TaskLifecycle lifecycle;

	private final Executor completion;

	/** Only held: an executor with a task or a handle of one is not dropped. */
	@SuppressWarnings("unused")
	private final Object executor;

	private final TaskFuture future = new TaskFuture();

	SubmittedTask(PendingTask task, TaskLifecycle lifecycle, Executor completion, Object executor) {
		this.submission = task.submission();
		this.lifecycle = lifecycle;
		this.completion = completion;
		this.executor = executor;
		follow(task);
	}

	private void follow(PendingTask task) {
		var unused = task.settled().thenAcceptAsync((outcome) -> conclude(task, outcome), this.completion);
	}

	private void conclude(PendingTask task, Outcome outcome) {
		try {
			goOn(task, outcome);
		}
		catch (Throwable ex) {
			this.future.completeExceptionally(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private void goOn(PendingTask task, Outcome outcome) {
		Conclusion conclusion = this.lifecycle.conclusions().conclude(task, outcome);
		PendingTask next = conclusion.next();
		Throwable failure = conclusion.failure();
		if (next != null) {
			follow(next);
		}
		else if (failure != null) {
			this.future.completeExceptionally(failure);
		}
		else if (!this.future.complete((T) conclusion.value())) {
			outcome.discard();
		}
	}

	@Override
	public String id() {
		return this.submission.id();
	}

	@Override
	public String label() {
		return this.submission.label();
	}

	@Override
	public TaskStatus status() {
		return this.submission.status();
	}

	@Override
	public TaskRecord record() {
		return this.submission.record();
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
		return this.submission + " " + status();
	}

	/**
	 * A future whose cancelling cancels the task.
	 */
	private final class TaskFuture extends CompletableFuture<T> {

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			SubmittedTask.this.lifecycle.stops().cancel(SubmittedTask.this.submission);
			return super.cancel(mayInterruptIfRunning);
		}

		@Override
		public <U> CompletableFuture<U> newIncompleteFuture() {
			return new CompletableFuture<>();
		}

	}

}
