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

	/** {@code null} where there is no rate. */
	private final @Nullable RateLimiter limiter;

	private final LimitsInForce limits;

	private final Deadlines deadlines;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when the executor takes no more tasks. */
	private final Condition closing = this.lock.newCondition();

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
		if (this.limiter == null) {
			return;
		}
		ExecutorSpec spec = this.limits.spec();
		long needed = this.limiter.tryAcquire();
		while (needed > 0) {
			// To wait for less than that would be in vain.
			if (!patient && needed > nanosLeft(spec, submission)) {
				throw overload(spec, needed);
			}
			if (needed > submission.nanosLeft()) {
				throw submission.tooLate(" comes before rate-limit " + spec.rateLimit() + " in rate-limit-period "
						+ spec.rateLimitPeriod() + " lets it in");
			}
			if (!await(needed, requireOpen)) {
				throw overload(spec, needed);
			}
			requireOpen.run();
			submission.requireTime();
			needed = this.limiter.tryAcquire();
		}
	}

	private static long nanosLeft(ExecutorSpec spec, Submission submission) {
		return (spec.overload() == OverloadPolicy.WAIT) ? submission.nanosLeftOf(spec.overloadWait()) : 0;
	}

	// Less long if the executor is closing; false after an interrupt, which stays set.
	// The loop is the caller's.
	@SuppressWarnings("WaitNotInLoop")
	private boolean await(long nanos, Runnable requireOpen) {
		this.lock.lock();
		try {
			// It may have begun to close before anybody could be told here.
			requireOpen.run();
			var unused = this.closing.awaitNanos(nanos);
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
	boolean passIfRoom(Runnable whenRoom, BooleanSupplier open) {
		long needed = (this.limiter != null) ? this.limiter.tryAcquire() : 0;
		if (needed <= 0) {
			return true;
		}
		Waiter waiter = new Waiter(whenRoom);
		this.waiters.add(waiter);
		this.deadlines.run(needed, waiter);
		if (!open.getAsBoolean()) {
			// It may have begun to close before this one could be told.
			waiter.run();
		}
		return false;
	}

	// Who waits hears that no more tasks are taken.
	void closing() {
		List.copyOf(this.waiters).forEach(Runnable::run);
		this.lock.lock();
		try {
			this.closing.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Is told once, by the timer or because the executor closes.
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
