package dev.offload.dispatch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.offload.ConcurrencyLimit;
import dev.offload.OverloadPolicy;
import dev.offload.RetrySpec;
import dev.offload.TaskStatus;
import dev.offload.spi.CarriedContext;
import dev.offload.spi.Payload;

/**
 * An accepted task: waiting, running, settled. It is settled exactly once, by whoever is
 * first; its place in the executor is free when it is settled and has left its slot.
 */
public final class PendingTask {

	/** More than a worker may take to tell where a task was. */
	private static final long TRACE_MILLIS = 1000;

	private final long number;

	private final Submission submission;

	private final Work work;

	private final TaskTerms terms;

	private final CarriedContext context;

	private final long payloadBytes;

	/** The thread that waits for it, {@code null} if none does. */
	private final @Nullable Thread caller;

	private final @Nullable Runnable release;

	private final long acceptedAt;

	/** Since when it waits for a slot: later than accepted where it is tried again. */
	private final long waitsSince;

	private final long pauseNanos;

	private final CompletableFuture<Outcome> settled = new CompletableFuture<>();

	private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);

	private final AtomicReference<@Nullable StopReason> stopReason = new AtomicReference<>();

	/**
	 * Counts what is left until its place is free: concluding it, leaving the slot. One
	 * of all attempts.
	 */
	private final AtomicInteger open;

	/** Written by the thread that submits or hands over, one at a time. */
	private volatile @Nullable Payload payload;

	/** Written by the thread that hands over. */
	private volatile @Nullable Slot slot;

	/** Written by the thread that hands over, before the slot; 0 while it waits. */
	private volatile long startedAt;

	/** Written by the caller: what wakes it when another thread settles the task. */
	private volatile @Nullable Runnable waker;

	/** Written by the thread that settles; 0 before. */
	private volatile long endedAt;

	/** The timer of the limit that runs; replaced by the thread that hands over. */
	private volatile @Nullable Future<?> timer;

	/** The timer of its deadline, if it has one; written by the thread that submits. */
	private volatile @Nullable Future<?> deadline;

	/** Written by the thread that runs it, before it leaves its slot. */
	private volatile boolean filesTaken;

	/** Written by the thread that interrupts it, at its limit. */
	private volatile @Nullable Future<ThreadTrace> trace;

	PendingTask(long number, Submission submission, Work work, TaskTerms terms, TaskLuggage luggage) {
		this.number = number;
		this.submission = submission;
		this.work = work;
		this.terms = terms;
		this.context = luggage.context();
		this.caller = luggage.caller();
		this.release = luggage.release();
		this.payload = luggage.payload();
		this.payloadBytes = (luggage.payload() != null) ? luggage.payload().size() : 0;
		this.acceptedAt = System.nanoTime();
		this.waitsSince = this.acceptedAt;
		this.pauseNanos = 0;
		this.open = new AtomicInteger(2);
		submission.attempt(this);
	}

	// Tries again, after a pause, what another has failed at. It has what that one had,
	// its place and its turn.
	PendingTask(long number, PendingTask failed, long pauseNanos) {
		this.number = number;
		this.submission = failed.submission;
		this.work = failed.work;
		this.terms = failed.terms;
		this.context = failed.context;
		this.caller = failed.caller;
		this.release = failed.release;
		this.payload = failed.payload;
		this.payloadBytes = failed.payloadBytes;
		this.acceptedAt = failed.acceptedAt;
		this.waitsSince = System.nanoTime() + pauseNanos;
		this.pauseNanos = pauseNanos;
		this.open = failed.open;
		// That one is not concluded: this one will be.
		this.open.incrementAndGet();
	}

	/**
	 * Its number in the executor, which names it in the protocol.
	 * @return the number, never used twice
	 */
	public long number() {
		return this.number;
	}

	/**
	 * What it is an attempt at.
	 * @return the submission
	 */
	public Submission submission() {
		return this.submission;
	}

	/**
	 * Its id.
	 * @return the id
	 */
	public String id() {
		return this.submission.id();
	}

	/**
	 * Its label.
	 * @return the label
	 */
	public String label() {
		return this.submission.label();
	}

	/**
	 * What it does.
	 * @return the work
	 */
	public Work work() {
		return this.work;
	}

	/**
	 * Its limit while it runs.
	 * @return the limit, zero for none
	 */
	public Duration timeout() {
		return this.terms.timeout();
	}

	/**
	 * How long it may go on after it was interrupted.
	 * @return the time, zero for not at all
	 */
	public Duration killGrace() {
		return this.terms.killGrace();
	}

	/**
	 * How long it may go on from now, by its limit and its deadline.
	 * @return the time in milliseconds, {@code -1} for as long as it likes
	 */
	public long millisLeft() {
		boolean byDeadline = this.submission.options().deadline() != null;
		if (timeout().isZero() && !byDeadline) {
			return -1;
		}
		long ofRun = timeout().isZero() ? Long.MAX_VALUE : timeout().minusNanos(runNanos()).toMillis();
		long ofAll = byDeadline ? TimeUnit.NANOSECONDS.toMillis(this.submission.nanosLeft()) : Long.MAX_VALUE;
		return Math.max(0, Math.min(ofRun, ofAll));
	}

	Duration queueTimeout() {
		return this.terms.queueTimeout();
	}

	int priority() {
		return this.terms.priority();
	}

	// On whose behalf it takes its turn.
	@Nullable String fairKey() {
		return this.submission.options().fairKey();
	}

	// Of how many of its kind it may be one in slots; it waits in the queue until then.
	@Nullable ConcurrencyLimit waitLimit() {
		ConcurrencyLimit limit = this.submission.options().concurrency();
		return (limit != null && limit.overload() == OverloadPolicy.WAIT) ? limit : null;
	}

	// The rules by which it is tried again or put into quarantine, null for neither.
	@Nullable RetrySpec retry() {
		return this.terms.retry();
	}

	// How long it waits for its time, from its making.
	Duration pause() {
		return Duration.ofNanos(this.pauseNanos);
	}

	// When it was accepted, by the clock of System.nanoTime.
	long acceptedAt() {
		return this.acceptedAt;
	}

	/**
	 * What it takes along of its caller's thread.
	 * @return the context
	 */
	public CarriedContext context() {
		return this.context;
	}

	/**
	 * Its encoded form.
	 * @return the payload, {@code null} if the executor's type needs none
	 */
	public @Nullable Payload payload() {
		return this.payload;
	}

	long payloadBytes() {
		return this.payloadBytes;
	}

	// Removes the files of its arguments, which nobody reads any more.
	void releaseFiles() {
		if (this.release != null && !this.filesTaken) {
			this.release.run();
		}
	}

	/**
	 * Takes over the files of its arguments, which are read after its end.
	 * @return removes them; to be run once
	 */
	public Runnable takeFiles() {
		this.filesTaken = true;
		return (this.release != null) ? this.release : () -> {
		};
	}

	/**
	 * Forgets the encoded form, which this attempt does not need any more, unless another
	 * may.
	 */
	public void dropPayload() {
		if (this.terms.retry() == null) {
			this.payload = null;
		}
	}

	/**
	 * How long it has run.
	 * @return the time since the hand-over to a slot, zero while it waits
	 */
	public Duration running() {
		return Duration.ofNanos(runNanos());
	}

	/**
	 * Why it was told to stop.
	 * @return the reason, {@code null} if it was not
	 */
	public @Nullable StopReason stopReason() {
		return this.stopReason.get();
	}

	/**
	 * Whether it is settled: nobody waits for its outcome any more.
	 * @return {@code true} once it is settled
	 */
	public boolean isSettled() {
		return this.phase.get() == Phase.SETTLED;
	}

	/**
	 * Whether this thread is the one that waits for it, and for nothing else.
	 * @return {@code true} on the thread of its caller
	 */
	public boolean isOfThisCaller() {
		return Thread.currentThread().equals(this.caller);
	}

	/**
	 * Whether a thread waits for it.
	 * @return {@code true} if its caller does
	 */
	public boolean hasCaller() {
		return this.caller != null;
	}

	/**
	 * Its caller waits in its own way, and is to be woken when another thread settles the
	 * task.
	 * @param action wakes it; run at most once, must be quick
	 */
	public void wakeCallerBy(Runnable action) {
		this.waker = action;
	}

	/**
	 * Says where it is, when its time is up.
	 * @param coming what will be known; never fails
	 */
	public void trace(Future<ThreadTrace> coming) {
		this.trace = coming;
	}

	// What is known by now of where it was.
	ThreadTrace trace() {
		return ThreadTrace.of(this.trace, 0);
	}

	// Waits for what is on its way, which comes as a rule a moment after the task's
	// answer.
	ThreadTrace awaitTrace() {
		return ThreadTrace.of(this.trace, TRACE_MILLIS);
	}

	TaskStatus status() {
		// Whoever cancelled it is not told that it runs because nobody has concluded it
		// yet.
		Outcome outcome = this.settled.getNow(null);
		if (outcome != null && outcome.status() == TaskStatus.CANCELLED) {
			return TaskStatus.CANCELLED;
		}
		return (this.phase.get() == Phase.QUEUED) ? TaskStatus.PENDING : TaskStatus.RUNNING;
	}

	// When it was handed over, by the clock of System.nanoTime; 0 if it was not.
	long startedNanos() {
		return this.startedAt;
	}

	// The process that runs it, or ran it.
	long pid() {
		Slot taken = this.slot;
		return (taken != null) ? taken.pid() : -1;
	}

	long waitNanos() {
		long started = this.startedAt;
		long ended = this.endedAt;
		long until = (started != 0) ? started : (ended != 0) ? ended : System.nanoTime();
		// Negative where it ends in the pause before it.
		return Math.max(0, until - this.waitsSince);
	}

	long runNanos() {
		long started = this.startedAt;
		long ended = this.endedAt;
		return (started != 0) ? ((ended != 0) ? ended : System.nanoTime()) - started : 0;
	}

	@Nullable Slot slot() {
		return this.slot;
	}

	CompletableFuture<Outcome> settled() {
		return this.settled;
	}

	// Moves it from the queue to a slot, unless it was settled meanwhile.
	boolean begin(Slot taken) {
		this.slot = taken;
		if (this.phase.compareAndSet(Phase.QUEUED, Phase.RUNNING)) {
			this.startedAt = System.nanoTime();
			return true;
		}
		this.slot = null;
		return false;
	}

	// Moves it back from a slot that never got it, unless it was settled meanwhile.
	boolean unbegin() {
		this.slot = null;
		this.startedAt = 0;
		// It was the slot's, which is gone; the task still has to end.
		this.stopReason.compareAndSet(StopReason.DEADLINE, null);
		return this.phase.compareAndSet(Phase.RUNNING, Phase.QUEUED);
	}

	/**
	 * Settles it while it waits.
	 * @param outcome how it ended
	 * @param before run once it is sure and before anybody hears of it
	 * @return {@code false} if it does not wait any more
	 */
	boolean settleQueued(Outcome outcome, Consumer<PendingTask> before) {
		if (!this.phase.compareAndSet(Phase.QUEUED, Phase.SETTLED)) {
			return false;
		}
		before.accept(this);
		return settledWith(outcome);
	}

	// Settles it while it runs.
	boolean settleRunning(Outcome outcome) {
		return this.phase.compareAndSet(Phase.RUNNING, Phase.SETTLED) && settledWith(outcome);
	}

	private boolean settledWith(Outcome outcome) {
		this.endedAt = System.nanoTime();
		cancelTimer();
		cancelDeadline();
		this.settled.complete(outcome);
		Runnable wake = this.waker;
		if (wake != null && !isOfThisCaller()) {
			wake.run();
		}
		return true;
	}

	// Tells it to stop for that reason; false if it was told before.
	boolean requestStop(StopReason reason) {
		return this.stopReason.compareAndSet(null, reason);
	}

	// One of the two things left is done; true if it was the last.
	boolean partDone() {
		return this.open.decrementAndGet() == 0;
	}

	void timer(@Nullable Future<?> next) {
		this.timer = next;
		if (isSettled()) {
			cancelTimer();
		}
	}

	void deadline(Future<?> timer) {
		this.deadline = timer;
		if (isSettled()) {
			cancelDeadline();
		}
	}

	private void cancelDeadline() {
		Future<?> running = this.deadline;
		if (running != null) {
			running.cancel(false);
		}
	}

	void cancelTimer() {
		Future<?> running = this.timer;
		if (running != null) {
			running.cancel(false);
		}
	}

	@Override
	public String toString() {
		return this.submission.toString();
	}

	private enum Phase {

		QUEUED, RUNNING, SETTLED

	}

}
