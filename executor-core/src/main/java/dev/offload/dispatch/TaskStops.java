package dev.offload.dispatch;

import java.time.Duration;
import java.util.function.Function;

import dev.offload.OffloadException;
import dev.offload.TaskStatus;

/**
 * Ends tasks before they end themselves: at a limit of time, cancelled, or because their
 * executor closes. What waits is settled, what runs is interrupted and, after its grace,
 * ended by force. Safe for use by many threads.
 */
final class TaskStops {

	/** Most tasks that heed their interrupt have ended by then. */
	private static final Duration OVERDUE = Duration.ofMillis(100);

	private final Ledger ledger;

	private final Deadlines deadlines;

	private final TaskFailures failures;

	private final Dispatcher dispatcher;

	/** Written once, by the thread that closes: nothing is tried again. */
	private volatile boolean ending;

	/** Written once, by the thread that ends all. */
	private volatile boolean closed;

	TaskStops(Ledger ledger, Deadlines deadlines, TaskFailures failures, Dispatcher dispatcher) {
		this.ledger = ledger;
		this.deadlines = deadlines;
		this.failures = failures;
		this.dispatcher = dispatcher;
	}

	// Whether the executor closes.
	boolean isEnding() {
		return this.ending;
	}

	// Waiting or running; an attempt that comes later has a timer of its own.
	void deadlinePassed(PendingTask task) {
		if (!task.settleQueued(this.failures.deadline(task), this::leaveQueue)) {
			stop(task, StopReason.DEADLINE);
		}
	}

	// Before its attempt began, whose timer would come after its start.
	void refuseLate(PendingTask task) {
		task.settleQueued(this.failures.deadline(task), this::leaveQueue);
	}

	void timeUp(PendingTask task) {
		stop(task, StopReason.TIMEOUT);
	}

	// A result counts even when it comes within the grace; a failure is the stop's.
	Outcome afterStop(PendingTask task, Outcome outcome) {
		StopReason reason = task.stopReason();
		if (reason == null || outcome.status() == TaskStatus.SUCCEEDED) {
			return outcome;
		}
		return switch (reason) {
			case TIMEOUT, DEADLINE -> this.failures.timeout(task, task.pid(), outcome);
			case CANCEL -> this.failures.cancelled(task);
			case CLOSE -> this.failures.closed(task);
		};
	}

	// The next attempt at a task, which nobody wants any more.
	void endIfUnwanted(PendingTask next) {
		if (next.submission().isGivenUp()) {
			cancel(next.submission());
		}
		else if (this.ending) {
			next.settleQueued(this.failures.closed(next), this::leaveQueue);
		}
	}

	// Whatever attempt there is; false if the task has ended, or is just about to.
	boolean cancel(Submission submission) {
		submission.giveUp();
		PendingTask task = submission.current();
		return task != null && settleAnyhow(task, this.failures.cancelled(task), () -> stop(task, StopReason.CANCEL));
	}

	// Settles a task that waits or runs, whichever it does by then; false if it was
	// settled before.
	private boolean settleAnyhow(PendingTask task, Outcome outcome, Runnable whenItRan) {
		while (!task.isSettled()) {
			if (task.settleQueued(outcome, this::leaveQueue)) {
				return true;
			}
			if (task.settleRunning(outcome)) {
				whenItRan.run();
				return true;
			}
		}
		return false;
	}

	// Ends it without any grace, also where it was cancelled before and is in its grace.
	boolean kill(PendingTask task) {
		task.submission().giveUp();
		boolean settled = settleAnyhow(task, this.failures.killed(task), () -> task.requestStop(StopReason.CANCEL));
		Slot slot = task.slot();
		if (slot != null) {
			slot.kill(task, StopReason.CANCEL);
		}
		return settled;
	}

	void queueTimeUp(PendingTask task) {
		task.settleQueued(this.failures.queueTimeout(task, this.dispatcher.queued() - 1), this::leaveQueue);
	}

	private void leaveQueue(PendingTask task) {
		this.dispatcher.remove(task);
		task.dropPayload();
		this.ledger.partDone(task);
	}

	void failQueued(Function<PendingTask, OffloadException> failure) {
		for (PendingTask task : this.dispatcher.clearQueue()) {
			task.settleQueued(Outcome.failure(TaskStatus.FAILED, failure.apply(task)), this::leaveQueue);
		}
	}

	// Fails what waits, and interrupts what runs, which may still give its result.
	void interruptAll() {
		this.ending = true;
		failWaiting();
		this.dispatcher.active().forEach(this::interruptToClose);
	}

	// Ends every task by force, also those that are on their way to a slot or the queue.
	void endAll() {
		this.ending = true;
		this.closed = true;
		failWaiting();
		this.dispatcher.active().forEach(this::end);
	}

	private void failWaiting() {
		for (PendingTask task : this.dispatcher.clearWaiting()) {
			task.settleQueued(this.failures.closed(task), this::leaveQueue);
		}
	}

	void endIfClosed(PendingTask task) {
		if (this.closed && !task.settleQueued(this.failures.closed(task), this::leaveQueue) && !task.isSettled()) {
			end(task);
		}
	}

	private void end(PendingTask task) {
		interruptToClose(task);
		force(task, StopReason.CLOSE);
	}

	private void interruptToClose(PendingTask task) {
		Slot slot = task.slot();
		if (slot != null && task.requestStop(StopReason.CLOSE)) {
			slot.interrupt(task, StopReason.CLOSE);
		}
	}

	private void stop(PendingTask task, StopReason reason) {
		Slot slot = task.slot();
		if (slot == null || !task.requestStop(reason)) {
			return;
		}
		Duration grace = task.killGrace();
		if (grace.isZero()) {
			force(task, reason);
			return;
		}
		slot.interrupt(task, reason);
		// As long as it is in its slot it is among the active ones; most leave it at
		// once.
		if (grace.compareTo(OVERDUE) > 0) {
			this.deadlines.runIfHeld(OVERDUE.toNanos(), task, slot::overdue);
		}
		this.deadlines.runIfHeld(grace.toNanos(), task, (still) -> force(still, reason));
	}

	private void force(PendingTask task, StopReason reason) {
		Slot slot = task.slot();
		if (slot == null) {
			return;
		}
		task.settleRunning(reason.isLimit() ? this.failures.timeout(task, slot.pid()) : this.failures.closed(task));
		slot.kill(task, reason);
	}

}
