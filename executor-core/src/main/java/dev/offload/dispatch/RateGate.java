package dev.offload.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorLimits;
import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorSpec;
import dev.offload.OverloadPolicy;
import dev.offload.RejectionReason;
import dev.offload.spi.RateLimiter;

/**
 * Lets tasks in at the rate that the executor's settings say. Safe for use by many
 * threads.
 */
final class RateGate {

	/** {@code null} where there is no rate. Written with the lock. */
	private volatile @Nullable RateLimiter limiter;

	private final LimitsInForce limits;

	private final Deadlines deadlines;

	private final ReentrantLock lock = new ReentrantLock();

	/** Held by who changes the rate, one after the other. */
	private final ReentrantLock changes = new ReentrantLock();

	/** Signalled when the rate is another, or the executor takes no more tasks. */
	private final Condition changed = this.lock.newCondition();

	private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

	RateGate(@Nullable RateLimiter limiter, LimitsInForce limits, Deadlines deadlines) {
		this.limiter = limiter;
		this.limits = limits;
		this.deadlines = deadlines;
	}

	/**
	 * Lets a task in, after a wait if the policy says so, and its deadline does not come
	 * before.
	 * @param submission the task
	 * @param patient whether its caller waits for as long as it takes
	 * @param requireOpen fails if the executor takes no tasks
	 * @throws ExecutorOverloadException if there are too many
	 */
	void pass(Submission submission, boolean patient, Runnable requireOpen) {
		RateLimiter asked = this.limiter;
		long needed = acquire(asked);
		while (needed > 0) {
			ExecutorSpec spec = this.limits.spec();
			// To wait for less than that would be in vain.
			if (!patient && needed > nanosLeft(spec, submission)) {
				throw overload(spec, needed);
			}
			if (needed > submission.nanosLeft()) {
				throw submission.tooLate(" comes before rate-limit " + spec.rateLimit() + " in rate-limit-period "
						+ spec.rateLimitPeriod() + " lets it in");
			}
			if (!await(needed, asked, requireOpen)) {
				throw overload(spec, needed);
			}
			requireOpen.run();
			submission.requireTime();
			asked = this.limiter;
			needed = acquire(asked);
		}
	}

	private static long acquire(@Nullable RateLimiter asked) {
		return (asked != null) ? asked.tryAcquire() : 0;
	}

	private static long nanosLeft(ExecutorSpec spec, Submission submission) {
		return (spec.overload() == OverloadPolicy.WAIT) ? submission.nanosLeftOf(spec.overloadWait()) : 0;
	}

	// Less long if the rate changes or the executor is closing; false after an interrupt,
	// which stays set. The loop is the caller's.
	@SuppressWarnings({ "WaitNotInLoop", "ReferenceEquality" })
	private boolean await(long nanos, @Nullable RateLimiter asked, Runnable requireOpen) {
		this.lock.lock();
		try {
			// It may have begun to close before anybody could be told here.
			requireOpen.run();
			if (this.limiter == asked) {
				var unused = this.changed.awaitNanos(nanos);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static ExecutorOverloadException overload(ExecutorSpec spec, long needed) {
		return new ExecutorOverloadException(spec.name(), RejectionReason.RATE_LIMIT, spec.rateLimit(),
				spec.rateLimit(),
				"Executor '" + spec.name() + "' takes no more tasks now: rate-limit is " + spec.rateLimit()
						+ " in rate-limit-period " + spec.rateLimitPeriod() + ", and the next may come in "
						+ Duration.ofNanos(needed)
						+ ". Try again then, let callers wait (overload wait), or raise rate-limit");
	}

	/**
	 * Lets a task in if one more may come now.
	 * @param whenRoom run once when one more may, if none may now
	 * @param open whether the executor takes tasks
	 * @return whether it is in
	 */
	@SuppressWarnings("ReferenceEquality")
	boolean passIfRoom(Runnable whenRoom, BooleanSupplier open) {
		RateLimiter asked = this.limiter;
		long needed = acquire(asked);
		if (needed <= 0) {
			return true;
		}
		Waiter waiter = new Waiter(whenRoom);
		this.waiters.add(waiter);
		this.deadlines.run(needed, waiter);
		if (this.limiter != asked || !open.getAsBoolean()) {
			// The rate may have changed, or it has begun to close, before this one could
			// be told.
			waiter.run();
		}
		return false;
	}

	/**
	 * Has limits changed, and counts anew if the rate is another then. What counts is
	 * made first: where it cannot be, nothing changes.
	 * @param change the limits
	 * @return the settings before and after
	 */
	LimitsInForce.Change change(ExecutorLimits change) {
		if (change.rateLimit() == null && change.rateLimitPeriod() == null) {
			return this.limits.change(change);
		}
		this.changes.lock();
		try {
			ExecutorSpec before = this.limits.spec();
			ExecutorSpec after = change.applyTo(before);
			boolean same = before.rateLimit() == after.rateLimit()
					&& before.rateLimitPeriod().equals(after.rateLimitPeriod());
			RateLimiter next = same ? this.limiter : RateLimiters.of(after);
			LimitsInForce.Change done = this.limits.change(change);
			if (!same) {
				countBy(next);
			}
			return done;
		}
		finally {
			this.changes.unlock();
		}
	}

	private void countBy(@Nullable RateLimiter next) {
		this.lock.lock();
		try {
			this.limiter = next;
		}
		finally {
			this.lock.unlock();
		}
		tellAll();
	}

	// Who waits hears that no more tasks are taken.
	void closing() {
		tellAll();
	}

	private void tellAll() {
		List.copyOf(this.waiters).forEach(Runnable::run);
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Is told once, by the timer, or because the rate changes or the executor closes.
	 */
	private final class Waiter implements Runnable {

		private final Runnable action;

		private final AtomicBoolean told = new AtomicBoolean();

		Waiter(Runnable action) {
			this.action = action;
		}

		@Override
		public void run() {
			RateGate.this.waiters.remove(this);
			if (this.told.compareAndSet(false, true)) {
				this.action.run();
			}
		}

	}

}
