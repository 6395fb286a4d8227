package dev.offload.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.OverloadPolicy;
import dev.offload.RejectionReason;
import dev.offload.RetryReason;
import dev.offload.TaskStatus;

/**
 * The places of an executor and its counters, under one lock, so that what is accepted,
 * held and ended always adds up. Admits tasks, or refuses them with live numbers.
 */
final class Ledger {

	private final LimitsInForce limits;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when a place or bytes are given back, and when the state changes. */
	private final Condition changed = this.lock.newCondition();

	/** Set once, before the first task; run without the lock. */
	private Runnable whenAdvanced = () -> {
	};

	/** Set once, before the first task. */
	private @Nullable Saturation saturation;

	/* All below is guarded by the lock. */

	private ExecutorState state = ExecutorState.OPEN;

	private long pending;

	private long bytes;

	private final TaskCounts counts = new TaskCounts();

	/** Run once, without the lock, when there may be a place. */
	private List<Runnable> placeWaiters = new ArrayList<>();

	/** Run once, without the lock, when there may be room for bytes. */
	private List<Runnable> byteWaiters = new ArrayList<>();

	Ledger(LimitsInForce limits) {
		this.limits = limits;
	}

	// Who waits elsewhere for what a task needs is told when the state changes.
	void whenAdvanced(Runnable action) {
		this.whenAdvanced = action;
	}

	// Set once, before the first task: told of having no room, and of having it again.
	void saturation(Saturation value) {
		this.saturation = value;
	}

	// There was no room for a task.
	void noRoom() {
		if (this.saturation != null) {
			this.saturation.noRoom();
		}
	}

	private void released() {
		if (this.saturation != null) {
			this.saturation.released();
		}
	}

	// Whether a good part of it is free.
	boolean isRoomy() {
		this.lock.lock();
		try {
			return this.pending <= this.limits.spec().maxPending() * 3L / 4
					&& this.bytes <= this.limits.maxPendingBytes() / 4 * 3;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a place for a task, waiting for one if the policy says so, and no longer than
	 * until its deadline.
	 * @param submission what the place is for
	 * @param callerMayRun whether the task can do without one, on its caller
	 * @return whether there was a place; without one, the task is to run on its caller
	 * @throws ExecutorOverloadException if there is no room
	 * @throws ExecutorClosedException if the executor takes no tasks
	 */
	boolean enter(Submission submission, boolean callerMayRun) {
		this.lock.lock();
		try {
			requireOpen();
			if (isFullOfTasks() && callerMayRun && this.limits.spec().overload() == OverloadPolicy.CALLER_RUNS) {
				return false;
			}
			awaitRoom(submission, this::isFullOfTasks, RejectionReason.MAX_PENDING);
			this.pending++;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a place for a task if there is one.
	 * @param whenRoom run once when there may be one, if there is none
	 * @return whether there was one
	 * @throws ExecutorClosedException if the executor takes no tasks
	 */
	boolean enterIfRoom(Runnable whenRoom) {
		this.lock.lock();
		try {
			requireOpen();
			if (isFullOfTasks()) {
				this.placeWaiters.add(whenRoom);
				return false;
			}
			this.pending++;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes room for the bytes of a task that has a place if there is some, and counts it
	 * as accepted; otherwise gives back the place.
	 * @param size the bytes
	 * @param whenRoom run once when there may be room, if there is none
	 * @return whether there was some
	 */
	boolean acceptIfRoom(long size, Runnable whenRoom) {
		List<Runnable> others = List.of();
		this.lock.lock();
		try {
			if (this.state == ExecutorState.OPEN && !isFullOfBytes(size)) {
				this.bytes += size;
				this.counts.submitted();
				return true;
			}
			this.pending--;
			// Not those that wait for bytes: they would come, find none, and tell this
			// one.
			others = placesChanged();
			requireOpen();
			this.byteWaiters.add(whenRoom);
			return false;
		}
		finally {
			this.lock.unlock();
			others.forEach(Runnable::run);
		}
	}

	// Only with the lock. What is returned is run without it.
	private List<Runnable> placesChanged() {
		this.changed.signalAll();
		if (this.placeWaiters.isEmpty()) {
			return List.of();
		}
		List<Runnable> told = this.placeWaiters;
		this.placeWaiters = new ArrayList<>();
		return told;
	}

	// Only with the lock. What is returned is run without it.
	private List<Runnable> allChanged() {
		List<Runnable> places = placesChanged();
		if (this.byteWaiters.isEmpty()) {
			return places;
		}
		List<Runnable> told = this.byteWaiters;
		this.byteWaiters = new ArrayList<>();
		told.addAll(places);
		return told;
	}

	/**
	 * Takes room for the bytes of a task that has a place, and counts it as accepted. Its
	 * caller does not wait anew: what it has waited for its place counts.
	 * @param submission what they are for
	 * @param size the bytes
	 * @throws ExecutorOverloadException if there is no room
	 */
	void accept(Submission submission, long size) {
		this.lock.lock();
		try {
			requireOpen();
			awaitRoom(submission, () -> isFullOfBytes(size), RejectionReason.MAX_PENDING_BYTES);
			this.bytes += size;
			this.counts.submitted();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitRoom(Submission submission, BooleanSupplier full, RejectionReason reason) {
		if (!full.getAsBoolean()) {
			return;
		}
		ExecutorSpec spec = this.limits.spec();
		long nanos = (spec.overload() == OverloadPolicy.WAIT)
				? Math.min(submission.nanosLeftOf(spec.overloadWait()), submission.nanosLeft()) : 0;
		if (nanos > 0) {
			tellNoRoom();
			requireOpen();
		}
		while (full.getAsBoolean()) {
			if (nanos <= 0) {
				submission.requireTime();
				throw overload(reason);
			}
			nanos = awaitChange(nanos);
			requireOpen();
		}
	}

	// Called with the lock, which nobody is told under.
	private void tellNoRoom() {
		this.lock.unlock();
		try {
			noRoom();
		}
		finally {
			this.lock.lock();
		}
	}

	private boolean isFullOfTasks() {
		return this.pending >= this.limits.spec().maxPending();
	}

	// One task alone is admitted whatever its size: its own limit has checked it.
	private boolean isFullOfBytes(long size) {
		return this.bytes > 0 && this.bytes + size > this.limits.maxPendingBytes();
	}

	// Returns the nanoseconds left; an interrupt ends the wait and stays set. The loop is
	// the caller's.
	@SuppressWarnings("WaitNotInLoop")
	private long awaitChange(long nanos) {
		try {
			return this.changed.awaitNanos(nanos);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 0;
		}
	}

	// Fails if the executor takes no tasks.
	void requireAdmission() {
		this.lock.lock();
		try {
			requireOpen();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void requireOpen() {
		if (this.state != ExecutorState.OPEN) {
			String name = this.limits.spec().name();
			throw new ExecutorClosedException(name,
					"Executor '" + name + "' is " + this.state.name().toLowerCase(Locale.ROOT)
							+ " and takes no more tasks; it holds " + this.pending);
		}
	}

	private ExecutorOverloadException overload(RejectionReason reason) {
		boolean tasks = reason == RejectionReason.MAX_PENDING;
		long held = tasks ? this.pending : this.bytes;
		ExecutorSpec spec = this.limits.spec();
		long limit = tasks ? spec.maxPending() : this.limits.maxPendingBytes();
		String setting = tasks ? "max-pending" : "max-pending-bytes";
		String unit = tasks ? " tasks" : " bytes of arguments";
		return new ExecutorOverloadException(spec.name(), reason, held, limit,
				"Executor '" + spec.name() + "' has no room: it holds " + held + unit + " and " + setting + " is "
						+ limit + " (max-workers " + spec.maxWorkers() + "). Try again later, or raise " + setting
						+ " or max-workers");
	}

	// There may be room for those that wait for it.
	void limitsChanged() {
		List<Runnable> told;
		this.lock.lock();
		try {
			told = allChanged();
		}
		finally {
			this.lock.unlock();
		}
		told.forEach(Runnable::run);
		released();
	}

	// Gives back the place of a task that was not accepted.
	void leave() {
		release(0);
	}

	/**
	 * Gives back the place of an accepted task.
	 * @param size its bytes
	 */
	void release(long size) {
		List<Runnable> told;
		this.lock.lock();
		try {
			this.pending--;
			this.bytes -= size;
			told = (size > 0) ? allChanged() : placesChanged();
		}
		finally {
			this.lock.unlock();
		}
		told.forEach(Runnable::run);
		released();
	}

	// One of the two things that are left of a task is done: after the last it has
	// nothing any more.
	void partDone(PendingTask task) {
		if (task.partDone()) {
			task.releaseFiles();
			release(task.payloadBytes());
			task.submission().releasePlace();
		}
	}

	void rejected(RejectionReason reason) {
		this.lock.lock();
		try {
			this.counts.rejected(reason);
		}
		finally {
			this.lock.unlock();
		}
	}

	// Counts an attempt that follows another.
	void retried(RetryReason reason) {
		this.lock.lock();
		try {
			this.counts.retried(reason);
		}
		finally {
			this.lock.unlock();
		}
	}

	// Counts a task that runs on its caller, without a place.
	void acceptWithoutPlace() {
		this.lock.lock();
		try {
			this.counts.submitted();
			this.pending++;
		}
		finally {
			this.lock.unlock();
		}
	}

	void completed(PendingTask task, TaskStatus status) {
		long wait = task.waitNanos();
		long run = task.runNanos();
		this.lock.lock();
		try {
			this.counts.completed(status, wait, run);
		}
		finally {
			this.lock.unlock();
		}
	}

	ExecutorState state() {
		this.lock.lock();
		try {
			return this.state;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Moves on to a later state; false if it was there or further.
	boolean advance(ExecutorState next) {
		List<Runnable> told;
		this.lock.lock();
		try {
			if (this.state.compareTo(next) >= 0) {
				return false;
			}
			this.state = next;
			told = allChanged();
		}
		finally {
			this.lock.unlock();
		}
		told.forEach(Runnable::run);
		this.whenAdvanced.run();
		return true;
	}

	// Waits until no task is held; false if the time was up before.
	boolean awaitEmpty(Duration deadline) {
		return awaitEmpty(TimeUnit.NANOSECONDS.convert(deadline), () -> false);
	}

	// Waits until no task is held or another closes all; false if some is held still.
	boolean awaitEmptyOrClosed(long nanos) {
		return awaitEmpty(nanos, () -> this.state == ExecutorState.CLOSED);
	}

	private boolean awaitEmpty(long limit, BooleanSupplier over) {
		long nanos = limit;
		this.lock.lock();
		try {
			while (this.pending > 0) {
				if (nanos <= 0 || over.getAsBoolean()) {
					return false;
				}
				nanos = awaitChange(nanos);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	long pending() {
		this.lock.lock();
		try {
			return this.pending;
		}
		finally {
			this.lock.unlock();
		}
	}

	TaskCounts.Totals totals() {
		this.lock.lock();
		try {
			return this.counts.totals(this.state, this.pending);
		}
		finally {
			this.lock.unlock();
		}
	}

}
