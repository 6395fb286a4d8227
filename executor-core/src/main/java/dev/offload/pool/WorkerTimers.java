package dev.offload.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.offload.dispatch.Deadlines;

/**
 * What is to be done about one worker at a later time. With its end all of that is
 * cancelled, for a timer holds its worker, with all that this has printed, until the time
 * is up. Safe for use by many threads.
 */
final class WorkerTimers {

	private final Queue<Future<?>> timers = new ConcurrentLinkedQueue<>();

	/** Used by the timer's thread only: when it is looked again whether it is idle. */
	private @Nullable Future<?> nextLook;

	private volatile boolean ended;

	/**
	 * Runs an action later, once, unless the worker has ended by then.
	 * @param deadlines runs it
	 * @param nanos after how many nanoseconds
	 * @param action the action; what it throws is logged
	 */
	void run(Deadlines deadlines, long nanos, Runnable action) {
		add(deadlines.schedule(nanos, action));
	}

	/**
	 * Looks again later whether the worker is idle, in the place of the look that was due
	 * before. On the timer's thread only.
	 * @param deadlines runs it
	 * @param nanos after how many nanoseconds
	 * @param action the look
	 */
	void lookAgain(Deadlines deadlines, long nanos, Runnable action) {
		Future<?> due = this.nextLook;
		if (due != null) {
			due.cancel(false);
		}
		Future<?> next = deadlines.schedule(nanos, action);
		this.nextLook = next;
		add(next);
	}

	private void add(Future<?> timer) {
		this.timers.removeIf(Future::isDone);
		this.timers.add(timer);
		if (this.ended) {
			cancelAll();
		}
	}

	// The worker has ended.
	void cancelAll() {
		this.ended = true;
		Future<?> timer = this.timers.poll();
		while (timer != null) {
			timer.cancel(false);
			timer = this.timers.poll();
		}
	}

}
