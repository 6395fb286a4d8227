package dev.offload.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskProgress;
import dev.offload.spi.TaskDirectory;

/**
 * Leads each task from its acceptance to its outcome: hand-over, limits of time,
 * settling. Safe for use by many threads.
 */
final class TaskLifecycle implements SlotListener, Retries.Stage {

	private final Ledger ledger;

	private final Deadlines deadlines;

	private final TaskEvents events;

	private final TaskDirectory directory;

	private final Dispatcher dispatcher = new Dispatcher(this::begin);

	private final AtomicLong numbers = new AtomicLong();

	private final Quarantine quarantine;

	private final Retries retries;

	private final TaskStops stops;

	private final Conclusions conclusions;

	private Runnable demand = () -> {
	};

	private BooleanSupplier limitsTime = () -> true;

	TaskLifecycle(Ledger ledger, Deadlines deadlines, TaskEvents events, TaskFailures failures,
			TaskDirectory directory) {
		this.ledger = ledger;
		this.deadlines = deadlines;
		this.events = events;
		this.directory = directory;
		this.quarantine = new Quarantine(failures.executor(), System::nanoTime);
		this.retries = new Retries(ledger, deadlines, this::nextNumber, this, this.quarantine);
		this.stops = new TaskStops(ledger, deadlines, failures, this.dispatcher);
		this.conclusions = new Conclusions(ledger, events, directory, this.retries, this.stops);
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

	// What ends tasks before their time.
	TaskStops stops() {
		return this.stops;
	}

	// What comes after each attempt.
	Conclusions conclusions() {
		return this.conclusions;
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
				this.stops.refuseLate(task);
				return;
			}
			task.deadline(this.deadlines.schedule(left, () -> this.stops.deadlinePassed(task)));
		}
		if (ownSlot != null) {
			this.dispatcher.dispatchTo(task, ownSlot);
			return;
		}
		if (!task.queueTimeout().isZero()) {
			task.timer(this.deadlines.schedule(task.queueTimeout().toNanos(), () -> this.stops.queueTimeUp(task)));
		}
		if (!this.dispatcher.dispatch(task)) {
			this.demand.run();
		}
		this.stops.endIfClosed(task);
	}

	private void begin(PendingTask task) {
		task.cancelTimer();
		Slot slot = task.slot();
		if (slot == null) {
			return;
		}
		if (!task.timeout().isZero()) {
			task.timer(this.deadlines.schedule(task.timeout().toNanos(), () -> this.stops.timeUp(task)));
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
				this.stops.deadlinePassed(task);
			}
			this.stops.endIfClosed(task);
		}
		else {
			task.dropPayload();
			this.ledger.partDone(task);
		}
	}

	private void settle(PendingTask task, Outcome outcome) {
		task.dropPayload();
		this.ledger.partDone(task);
		if (!task.settleRunning(this.stops.afterStop(task, outcome))) {
			outcome.discard();
		}
	}

	@Override
	public void rest(PendingTask next) {
		this.dispatcher.rest(next);
	}

	@Override
	public void endIfUnwanted(PendingTask next) {
		this.stops.endIfUnwanted(next);
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
		this.stops.cancel(next.submission());
	}

}
