package dev.offload.dispatch;

import java.time.Instant;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import dev.offload.ConcurrencyLimit;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorSpec;
import dev.offload.QueueTimeoutException;
import dev.offload.TaskDeadlineException;
import dev.offload.TaskStatus;
import dev.offload.TaskTimeoutException;

/**
 * The ways in which an executor itself ends a task, with words that say what to do.
 */
final class TaskFailures {

	private final ExecutorSpec spec;

	private final LimitsInForce limits;

	TaskFailures(LimitsInForce limits) {
		this.spec = limits.spec();
		this.limits = limits;
	}

	String executor() {
		return this.spec.name();
	}

	Outcome cancelled(PendingTask task) {
		return Outcome.failure(TaskStatus.CANCELLED,
				new CancellationException("Executor '" + this.spec.name() + "': " + task + " was cancelled"));
	}

	Outcome killed(PendingTask task) {
		return Outcome.failure(TaskStatus.CANCELLED, new CancellationException(
				"Executor '" + this.spec.name() + "': " + task + " was killed by an operator"));
	}

	Outcome closed(PendingTask task) {
		return Outcome.failure(TaskStatus.CANCELLED,
				new ExecutorClosedException(this.spec.name(),
						"Executor '" + this.spec.name() + "' was closed before " + task
								+ " had ended, after close-timeout " + this.spec.closeTimeout()
								+ " or at once by closeNow"));
	}

	Outcome queueTimeout(PendingTask task, int queued) {
		return Outcome.failure(TaskStatus.TIMED_OUT,
				new QueueTimeoutException(this.spec.name(), task.id(), task.queueTimeout(),
						"Executor '" + this.spec.name() + "': " + task + " waited longer than queue-timeout "
								+ task.queueTimeout() + " for a worker and was "
								+ ((task.submission().attempts() > 1) ? "not run again; " : "never run; ") + queued
								+ " other tasks wait (max-workers " + this.limits.spec().maxWorkers() + kind(task)
								+ "). Try again later, or raise queue-timeout or max-workers"));
	}

	private static String kind(PendingTask task) {
		ConcurrencyLimit limit = task.waitLimit();
		return (limit != null) ? ", of '" + limit.key() + "' at most " + limit.max() + " at a time" : "";
	}

	// The deadline has passed while it waited.
	Outcome deadline(PendingTask task) {
		return Outcome.failure(TaskStatus.TIMED_OUT,
				deadlineException(task.submission(),
						" waited for a worker when its deadline " + task.submission().options().deadline()
								+ " passed (max-workers " + this.limits.spec().maxWorkers() + kind(task)
								+ "). Give it more time, or raise max-workers"));
	}

	/**
	 * What a submission ends with that is in no slot when its deadline passes.
	 * @param submission the submission
	 * @param what what was so, after its name
	 * @return the exception
	 */
	TaskTimeoutException deadlineException(Submission submission, String what) {
		return withDeadline(submission, new TaskTimeoutException(this.spec.name(), submission.id(),
				submission.timeGiven(), -1, "Executor '" + this.spec.name() + "': " + submission + what, null));
	}

	private static TaskTimeoutException withDeadline(Submission submission, TaskTimeoutException timeout) {
		Instant deadline = submission.options().deadline();
		return (deadline != null) ? new TaskDeadlineException(timeout, deadline) : timeout;
	}

	// The task was killed, or goes on in a thread that nobody can stop.
	Outcome timeout(PendingTask task, long pid) {
		return Outcome.failure(TaskStatus.TIMED_OUT, timeoutException(task, pid, null, task.trace()));
	}

	// The task ended with an exception after it was told that its time is up.
	Outcome timeout(PendingTask task, long pid, Outcome ended) {
		return new Outcome() {
			@Override
			public TaskStatus status() {
				return TaskStatus.TIMED_OUT;
			}

			@Override
			public @Nullable Object value() {
				try {
					ended.value();
				}
				catch (Throwable ex) {
					throw timeoutException(task, pid, ex, task.awaitTrace());
				}
				throw timeoutException(task, pid, null, task.awaitTrace());
			}
		};
	}

	private TaskTimeoutException timeoutException(PendingTask task, long pid, @Nullable Throwable cause,
			ThreadTrace trace) {
		String end = (cause != null) ? "It ended when it was interrupted"
				: (pid >= 0)
						? "It did not end within kill-grace " + task.killGrace()
								+ " after its interrupt, so worker pid " + pid + " was killed"
						: "It did not end within kill-grace " + task.killGrace()
								+ " after its interrupt, and goes on in its thread, which cannot be stopped: use type "
								+ "process for such work";
		boolean late = task.stopReason() == StopReason.DEADLINE;
		Submission submission = task.submission();
		String limit = late ? " was still running at its deadline " + submission.options().deadline()
				: " ran longer than timeout " + task.timeout();
		TaskTimeoutException timeout = new TaskTimeoutException(this.spec.name(), task.id(),
				late ? submission.timeGiven() : task.timeout(), pid, "Executor '" + this.spec.name() + "': " + task
						+ limit + ". " + end + ". It may have done part of its work" + text(trace),
				cause, trace.stack(), trace.file());
		return late ? withDeadline(submission, timeout) : timeout;
	}

	private static String text(ThreadTrace trace) {
		StringBuilder text = new StringBuilder();
		if (trace.file() != null) {
			text.append(". The stacks of all threads at the limit are in ").append(trace.file());
		}
		if (!trace.stack().isEmpty()) {
			text.append(". At the limit it was in:\n  ").append(String.join("\n  ", trace.stack()));
		}
		return text.toString();
	}

}
