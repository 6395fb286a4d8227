package dev.offload.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.ItemOutcome;

/**
 * The outcomes that wait for their reader. Safe for use by many threads.
 */
final class Outcomes {

	private final int limit;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when there are outcomes, and at the end. */
	private final Condition changed = this.lock.newCondition();

	/** Guarded by the lock. */
	private final Queue<ItemOutcome<?>> waiting = new ArrayDeque<>();

	/** Guarded by the lock. */
	private boolean ended;

	/** Guarded by the lock. */
	private @Nullable Throwable reason;

	/** Set once: called after outcomes came, and after the end. */
	private volatile Runnable listener = () -> {
	};

	Outcomes(int limit) {
		this.limit = limit;
	}

	void onChange(Runnable action) {
		this.listener = action;
	}

	void add(Collection<? extends ItemOutcome<?>> outcomes) {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.waiting.addAll(outcomes);
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.listener.run();
	}

	// No more will come; for the reason, if it is early.
	void end(@Nullable Throwable early) {
		this.lock.lock();
		try {
			this.ended = true;
			this.reason = early;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		this.listener.run();
	}

	boolean isFull() {
		this.lock.lock();
		try {
			return this.waiting.size() >= this.limit;
		}
		finally {
			this.lock.unlock();
		}
	}

	// The next one, null if none is there now.
	@Nullable Taken poll() {
		this.lock.lock();
		try {
			ItemOutcome<?> outcome = this.waiting.poll();
			return (outcome != null) ? new Taken(List.of(outcome), isHalf(1)) : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Waits for at least one and takes up to that many; none at the end.
	Taken take(int most) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.waiting.isEmpty() && !this.ended) {
				this.changed.await();
			}
			List<ItemOutcome<?>> taken = new ArrayList<>();
			for (int i = 0; i < most && !this.waiting.isEmpty(); i++) {
				taken.add(this.waiting.remove());
			}
			return new Taken(taken, isHalf(taken.size()));
		}
		finally {
			this.lock.unlock();
		}
	}

	// Whether the number has just passed the half of the limit.
	private boolean isHalf(int taken) {
		int left = this.waiting.size();
		return left <= this.limit / 2 && left + taken > this.limit / 2;
	}

	boolean isOver() {
		this.lock.lock();
		try {
			return this.ended && this.waiting.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Why it ended early, null if it did not.
	@Nullable Throwable reason() {
		this.lock.lock();
		try {
			return this.reason;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Outcomes for their reader.
	 *
	 * @param outcomes the outcomes
	 * @param half whether more may be made now
	 */
	record Taken(List<ItemOutcome<?>> outcomes, boolean half) {

	}

}
