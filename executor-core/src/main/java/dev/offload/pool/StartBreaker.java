package dev.offload.pool;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.WorkerStartException;

/**
 * Counts failed starts in a row: each makes the next wait longer, and after a few of them
 * tasks are refused at once with the last failure, until the wait is over and one start
 * is tried again. Safe for use by many threads.
 */
final class StartBreaker {

	private static final Duration FIRST_WAIT = Duration.ofMillis(200);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

	/** So many failures in a row open it. */
	private final int maxFailures;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private int failures;

	/** Guarded by the lock: no start before. */
	private long notBefore = System.nanoTime();

	/** Guarded by the lock. */
	private @Nullable WorkerStartException last;

	StartBreaker(int maxFailures) {
		this.maxFailures = maxFailures;
	}

	void succeeded() {
		this.lock.lock();
		try {
			this.failures = 0;
			this.last = null;
			this.notBefore = System.nanoTime();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Counts a failure.
	 * @param failure the failure
	 * @return {@code true} if tasks are refused from now on
	 */
	boolean failed(WorkerStartException failure) {
		this.lock.lock();
		try {
			this.failures++;
			this.last = failure;
			long wait = FIRST_WAIT.toNanos() << Math.min(this.failures - 1, 20);
			this.notBefore = System.nanoTime() + Math.min(wait, LONGEST_WAIT.toNanos());
			return isOpen();
		}
		finally {
			this.lock.unlock();
		}
	}

	// How long no worker may be started yet, 0 or less if one may.
	long waitNanos() {
		this.lock.lock();
		try {
			return this.notBefore - System.nanoTime();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Whether one start at a time is tried only.
	boolean isProbing() {
		this.lock.lock();
		try {
			return this.failures > 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	// The last failure while tasks are refused, null while they are not.
	@Nullable WorkerStartException refusal() {
		this.lock.lock();
		try {
			return (this.notBefore - System.nanoTime() > 0) ? lastIfOpen() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	// The last failure until a start succeeds, null before there were too many.
	@Nullable WorkerStartException failure() {
		this.lock.lock();
		try {
			return lastIfOpen();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable WorkerStartException lastIfOpen() {
		return isOpen() ? this.last : null;
	}

	private boolean isOpen() {
		return this.failures >= this.maxFailures;
	}

}
