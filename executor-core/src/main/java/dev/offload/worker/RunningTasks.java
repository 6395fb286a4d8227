package dev.offload.worker;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.InterruptGuard;

/**
 * The tasks that run in a worker now, so that control can interrupt one. Safe for use by
 * many threads.
 */
final class RunningTasks {

	/** More than a worker can have slots: what is older is over. */
	private static final int MAX_EARLY = 1024;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final Map<Long, InterruptGuard> running = new HashMap<>();

	/**
	 * Guarded by the lock: tasks to interrupt whose frame, on another connection, was not
	 * read yet.
	 */
	private final Set<Long> early = new LinkedHashSet<>();

	InterruptGuard begin(long task) {
		InterruptGuard guard = new InterruptGuard();
		this.lock.lock();
		try {
			this.running.put(task, guard);
			if (this.early.remove(task)) {
				guard.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
		return guard;
	}

	void end(long task) {
		this.lock.lock();
		try {
			this.running.remove(task);
		}
		finally {
			this.lock.unlock();
		}
	}

	// The thread that runs the code of a task now, null if none does.
	@Nullable Thread thread(long task) {
		this.lock.lock();
		try {
			InterruptGuard guard = this.running.get(task);
			return (guard != null) ? guard.thread() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	void interrupt(long task) {
		this.lock.lock();
		try {
			InterruptGuard guard = this.running.get(task);
			if (guard != null) {
				guard.interrupt();
				return;
			}
			this.early.add(task);
			if (this.early.size() > MAX_EARLY) {
				Iterator<Long> oldest = this.early.iterator();
				oldest.next();
				oldest.remove();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
