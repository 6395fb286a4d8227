package dev.offload.dispatch;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;
import dev.offload.spi.TaskDirectory;

/**
 * Concludes attempts at tasks: what is to be tried again is, and of the end of all others
 * the directory, the counters and listeners are told. Safe for use by many threads.
 */
final class Conclusions {

	private final Ledger ledger;

	private final TaskEvents events;

	private final TaskDirectory directory;

	private final Retries retries;

	private final TaskStops stops;

	Conclusions(Ledger ledger, TaskEvents events, TaskDirectory directory, Retries retries, TaskStops stops) {
		this.ledger = ledger;
		this.events = events;
		this.directory = directory;
		this.retries = retries;
		this.stops = stops;
	}

	// Decodes the outcome of an attempt, and counts the task if there is no other. Called
	// once for each attempt, by whoever waits for it.
	Conclusion conclude(PendingTask task, Outcome outcome) {
		Object value = null;
		Throwable failure = null;
		try {
			value = outcome.value();
		}
		catch (Throwable ex) {
			failure = ex;
		}
		if (failure != null && task.retry() != null) {
			PendingTask next = again(task, outcome, failure);
			if (next != null) {
				return new Conclusion(next, null, null);
			}
			Retries.keepFirst(task, failure);
		}
		else if (task.retry() != null && task.submission().tries() != null) {
			this.retries.succeeded(task);
		}
		boolean undecoded = failure != null && outcome.status() == TaskStatus.SUCCEEDED;
		TaskStatus status = undecoded ? TaskStatus.FAILED : outcome.status();
		try {
			task.submission().end(status, failure);
			this.directory.ended(task.submission(), isKept(task, outcome, status, value), value);
		}
		finally {
			end(task, status, failure);
		}
		return new Conclusion(null, value, failure);
	}

	private void end(PendingTask task, TaskStatus status, @Nullable Throwable failure) {
		try {
			this.ledger.completed(task, status);
			task.context().ended(status, failure);
			this.events.completed(task.submission(), status, failure);
		}
		finally {
			this.ledger.partDone(task);
		}
	}

	// What is read once, or is to be closed, is its caller's alone.
	private static boolean isKept(PendingTask task, Outcome outcome, TaskStatus status, @Nullable Object value) {
		return status == TaskStatus.SUCCEEDED && !task.submission().isAwaited() && outcome.isLasting()
				&& !(value instanceof AutoCloseable);
	}

	private @Nullable PendingTask again(PendingTask task, Outcome outcome, Throwable failure) {
		PendingTask next = this.stops.isEnding() ? null : this.retries.next(task, outcome, failure);
		if (next != null) {
			this.directory.changed(task.submission());
			this.events.retrying(task.submission(), failure, next.pause());
			this.retries.pause(next, task.slot());
		}
		return next;
	}

}
