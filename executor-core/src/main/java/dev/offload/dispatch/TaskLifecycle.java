package dev.offload.dispatch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadException;
import dev.offload.TaskProgress;
import dev.offload.TaskStatus;
import dev.offload.spi.TaskDirectory;

/**
 * Leads each task from its acceptance to its end: hand-over, limits, cancelling,
 * settling. Safe for use by many threads.
 */
final class TaskLifecycle implements SlotListener, Retries.Stage {

	/** Most tasks that heed their interrupt have ended by then. */
	private static final Duration OVERDUE = Duration.ofMillis(100);

	private final Ledger ledger;

	private final Deadlines deadlines;

	private final TaskEvents events;

	private final TaskFailures failures;

	private final TaskDirectory directory;

	private final Dispatcher dispatcher = new Dispatcher(this::begin);

	private final AtomicLong numbers = new AtomicLong();

	private final Quarantine quarantine;

	private final Retries retries;

	private Runnable demand = () -> {
	};

	private BooleanSupplier limitsTime = () -> true;

	/** Written once, by the thread that closes: nothing is tried again. */
	private volatile boolean ending;

	/** Written once, by the thread that ends all. */
	private volatile boolean closed;

	TaskLifecycle(Ledger ledger, Deadlines deadlines, TaskEvents events, TaskFailures failures,
			TaskDirectory directory) {
		this.ledger = ledger;
		this.deadlines = deadlines;
		this.events = events;
		this.failures = failures;
		this.directory = directory;
		this.quarantine = new Quarantine(failures.executor(), System::nanoTime);
		this.retries = new Retries(ledger, deadlines, this::nextNumber, this, this.quarantine);
	}

	// Set once, before the first task: the threads on which tasks are concluded.
	void onThreads(Executor threads) {
		this.retries.onThreads(threads);
	}

	Quarantine quarantine() {
		return this.quarantine;
	}

	// A number that nothing in the executor had before.
	long nextNumber() {
		return this.numbers.incrementAndGet();
	}

	// Set once, before the first task: called when a task waits and no slot is idle.
	void onDemand(Runnable action) {
		this.demand = action;
	}

	// Set once, before the first task: whether deadlines count.
	void limitsTime(BooleanSupplier whether) {
		this.limitsTime = whether;
	}

	Dispatcher dispatcher() {
		return this.dispatcher;
	}

	TaskDirectory directory() {
		return this.directory;
	}

	void dispatch(PendingTask task, @Nullable Slot ownSlot) {
		this.directory.changed(task.submission());
		this.events.submitted(task.submission());
		hand(task, ownSlot);
	}

	private void hand(PendingTask task, @Nullable Slot ownSlot) {
		if (task.submission().options().deadline() != null && this.limitsTime.getAsBoolean()) {
			long left = task.submission().nanosLeft();
			if (left <= 0) {
				// The timer would come after its start.
				task.settleQueued(this.failures.deadline(task), this::leaveQueue);
				return;
			}
			task.deadline(this.deadlines.schedule(left, () -> deadlinePassed(task)));
		}
		if (ownSlot != null) {
			this.dispatcher.dispatchTo(task, ownSlot);
			return;
		}
		if (!task.queueTimeout().isZero()) {
			task.timer(this.deadlines.schedule(task.queueTimeout().toNanos(), () -> queueTimeUp(task)));
		}
		if (!this.dispatcher.dispatch(task)) {
			this.demand.run();
		}
		endIfClosed(task);
	}

	// Waiting or running; an attempt that comes later has a timer of its own.
	private void deadlinePassed(PendingTask task) {
		if (!task.settleQueued(this.failures.deadline(task), this::leaveQueue)) {
			stop(task, StopReason.DEADLINE);
		}
	}

	private void begin(PendingTask task) {
		task.cancelTimer();
		Slot slot = task.slot();
		if (slot == null) {
			return;
		}
		if (!task.timeout().isZero()) {
			task.timer(this.deadlines.schedule(task.timeout().toNanos(), () -> stop(task, StopReason.TIMEOUT)));
		}
		task.context().started();
		this.directory.changed(task.submission());
		this.events.started(task.submission());
		slot.start(task);
	}

	@Override
	public void offer(Slot slot) {
		this.dispatcher.offer(slot, null);
	}

	@Override
	public boolean withdraw(Slot slot) {
		return this.dispatcher.withdraw(slot);
	}

	@Override
	public void progressed(PendingTask task, TaskProgress progress) {
		if (!task.isSettled()) {
			this.events.progress(task.submission(), progress);
		}
	}

	@Override
	public void ended(Slot slot, PendingTask task, Outcome outcome) {
		try {
			// Begins the next task, whose trouble is none of this one's.
			this.dispatcher.offer(slot, task);
		}
		finally {
			settle(task, outcome);
		}
	}

	@Override
	public boolean endedIdle(Slot slot, PendingTask task, Outcome outcome) {
		boolean idle = this.dispatcher.offerIdle(slot, task);
		if (idle) {
			settle(task, outcome);
		}
		return idle;
	}

	@Override
	public void lost(PendingTask task, Outcome outcome) {
		if (this.dispatcher.left(task)) {
			this.demand.run();
		}
		settle(task, outcome);
	}

	@Override
	public void unsent(PendingTask task) {
		task.cancelTimer();
		if (this.dispatcher.putBack(task)) {
			this.demand.run();
			// The timer may have found it between its slot and the queue.
			if (task.submission().nanosLeft() <= 0 && this.limitsTime.getAsBoolean()) {
				deadlinePassed(task);
			}
			endIfClosed(task);
		}
		else {
			task.dropPayload();
			partDone(task);
		}
	}

	private void settle(PendingTask task, Outcome outcome) {
		task.dropPayload();
		partDone(task);
		if (!task.settleRunning(afterStop(task, outcome))) {
			outcome.discard();
		}
	}

	// A result counts even when it comes within the grace; a failure is the stop's.
	private Outcome afterStop(PendingTask task, Outcome outcome) {
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

	private void partDone(PendingTask task) {
		if (task.partDone()) {
			task.releaseFiles();
			this.ledger.release(task.payloadBytes());
			task.submission().releasePlace();
		}
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
			this.quarantine.succeeded(task);
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
			partDone(task);
		}
	}

	// What is read once, or is to be closed, is its caller's alone.
	private static boolean isKept(PendingTask task, Outcome outcome, TaskStatus status, @Nullable Object value) {
		return status == TaskStatus.SUCCEEDED && !task.submission().isAwaited() && outcome.isLasting()
				&& !(value instanceof AutoCloseable);
	}

	private @Nullable PendingTask again(PendingTask task, Outcome outcome, Throwable failure) {
		PendingTask next = this.ending ? null : this.retries.next(task, outcome, failure);
		if (next != null) {
			this.directory.changed(task.submission());
			this.events.retrying(task.submission(), failure, next.pause());
			this.retries.pause(next, task.slot());
		}
		return next;
	}

	@Override
	public void rest(PendingTask next) {
		this.dispatcher.rest(next);
	}

	@Override
	public void endIfUnwanted(PendingTask next) {
		if (next.submission().isGivenUp()) {
			cancel(next);
		}
		else if (this.ending) {
			next.settleQueued(this.failures.closed(next), this::leaveQueue);
		}
	}

	@Override
	public void begin(PendingTask next, @Nullable Slot ownSlot) {
		if (!next.isSettled()) {
			next.submission().attempt(next);
			hand(next, ownSlot);
		}
	}

	@Override
	public void cancel(PendingTask next) {
		cancel(next.submission());
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

	private void queueTimeUp(PendingTask task) {
		task.settleQueued(this.failures.queueTimeout(task, this.dispatcher.queued() - 1), this::leaveQueue);
	}

	private void leaveQueue(PendingTask task) {
		this.dispatcher.remove(task);
		task.dropPayload();
		partDone(task);
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

	private void endIfClosed(PendingTask task) {
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
		if (grace.compareTo(OVERDUE) > 0) {
			this.deadlines.run(OVERDUE.toNanos(), () -> slot.overdue(task));
		}
		this.deadlines.run(grace.toNanos(), () -> force(task, reason));
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
