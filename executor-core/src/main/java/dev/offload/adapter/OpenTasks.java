package dev.offload.adapter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of one service that have not ended. Safe for use by many threads.
 */
final class OpenTasks {

	private final String executor;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when there is none left after the end of the service. */
	private final Condition terminated = this.lock.newCondition();

	/** How to cancel each. Guarded by the lock. */
	private final Map<Object, Supplier<@Nullable Runnable>> open = new LinkedHashMap<>();

	/** Tasks that are on their way to the executor. Guarded by the lock. */
	private int coming;

	/** Guarded by the lock. */
	private boolean shutdown;

	/** Whether tasks that come now are cancelled. Guarded by the lock. */
	private boolean cancelled;

	OpenTasks(String executor) {
		this.executor = executor;
	}

	void enter() {
		this.lock.lock();
		try {
			if (this.shutdown) {
				throw new RejectedExecutionException(
						"This service of executor '" + this.executor + "' is shut down and takes no more tasks");
			}
			this.coming++;
		}
		finally {
			this.lock.unlock();
		}
	}

	// After each enter, once: that did not become a task.
	void refused() {
		this.lock.lock();
		try {
			this.coming--;
			signalIfTerminated();
		}
		finally {
			this.lock.unlock();
		}
	}

	// After each enter, once: that became a task. To cancel it gives the runnable that
	// had not begun, if it is one.
	void accepted(CompletableFuture<?> end, Supplier<@Nullable Runnable> cancel) {
		Object task = new Object();
		boolean late;
		this.lock.lock();
		try {
			this.coming--;
			this.open.put(task, cancel);
			late = this.cancelled;
		}
		finally {
			this.lock.unlock();
		}
		var unused = end.whenComplete((ignored, failure) -> ended(task));
		if (late) {
			// It had begun to come before: whoever submits it has it as cancelled.
			var unusedToo = cancel.get();
		}
	}

	private void ended(Object task) {
		this.lock.lock();
		try {
			this.open.remove(task);
			signalIfTerminated();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void signalIfTerminated() {
		if (isOver()) {
			this.terminated.signalAll();
		}
	}

	private boolean isOver() {
		return this.shutdown && this.open.isEmpty() && this.coming == 0;
	}

	void shutdown() {
		this.lock.lock();
		try {
			this.shutdown = true;
			signalIfTerminated();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Gives the runnables that had not begun. The last that came first: those wait, and
	// must not begin because others are cancelled.
	List<Runnable> cancelAll() {
		List<Supplier<@Nullable Runnable>> all;
		this.lock.lock();
		try {
			this.cancelled = true;
			all = new ArrayList<>(this.open.values());
		}
		finally {
			this.lock.unlock();
		}
		Collections.reverse(all);
		return all.stream().map(Supplier::get).filter(Objects::nonNull).toList();
	}

	boolean isShutdown() {
		this.lock.lock();
		try {
			return this.shutdown;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isTerminated() {
		this.lock.lock();
		try {
			return isOver();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		long nanos = unit.toNanos(timeout);
		this.lock.lockInterruptibly();
		try {
			while (!isOver()) {
				if (nanos <= 0) {
					return false;
				}
				nanos = this.terminated.awaitNanos(nanos);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

}
