package dev.offload.dispatch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.offload.RejectionReason;
import dev.offload.TaskProgress;
import dev.offload.TaskStatus;

/**
 * Tells the listeners of an executor what happens to its tasks, in order for each task,
 * whatever threads it comes from; and makes nothing that nobody hears of. Safe for use by
 * many threads.
 */
final class TaskEvents {

	private final SafeListener listener;

	TaskEvents(SafeListener listener) {
		this.listener = listener;
	}

	// Before anything else can happen to it.
	void submitted(Submission submission) {
		if (this.listener.hears(EventKind.TASK_SUBMITTED)) {
			this.listener.taskSubmitted(submission.event(TaskStatus.PENDING, null));
		}
	}

	void rejected(Submission submission, RejectionReason reason, Throwable failure) {
		if (this.listener.hears(EventKind.TASK_REJECTED)) {
			this.listener.taskRejected(submission.event(TaskStatus.REJECTED, failure), reason);
		}
	}

	void started(Submission submission) {
		tell(submission, EventKind.TASK_STARTED, submission.attempts(),
				() -> this.listener.taskStarted(submission.event(TaskStatus.RUNNING, null)));
	}

	void progress(Submission submission, TaskProgress progress) {
		tell(submission, EventKind.TASK_PROGRESS, submission.attempts(),
				() -> this.listener.taskProgress(submission.event(TaskStatus.RUNNING, null), progress));
	}

	// Before the next attempt is made.
	void retrying(Submission submission, Throwable failure, Duration delay) {
		tell(submission, EventKind.TASK_RETRYING, submission.attempts(),
				() -> this.listener.taskRetrying(submission.event(TaskStatus.RETRYING, failure), delay));
	}

	void completed(Submission submission, TaskStatus status, @Nullable Throwable failure) {
		tell(submission, EventKind.TASK_COMPLETED, Integer.MAX_VALUE,
				() -> this.listener.taskCompleted(submission.event(status, failure)));
		submission.toldAll();
	}

	private void tell(Submission submission, EventKind kind, int attempt, Runnable event) {
		boolean heard = this.listener.hears(kind);
		TaskTelling telling = submission.telling(heard);
		if (telling != null) {
			telling.tell(kind, attempt, heard ? event : TaskEvents::nothing);
		}
	}

	private static void nothing() {
		// It is only noted.
	}

}
