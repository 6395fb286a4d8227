package dev.offload.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;

import dev.offload.dispatch.Deadlines;

/**
 * What is to be done about one worker at a later time. With its end all of that is
 * cancelled, for a timer holds its worker, with all that this has printed, until the time
 * is up. Safe for use by many threads.
 */
final class WorkerTimers {

	private final Queue<Future<?>> timers = new ConcurrentLinkedQueue<>();

	private volatile boolean ended;

	/**
	 * Runs an action later, once, unless the worker has ended by then.
	 * @param deadlines runs it
	 * @param nanos after how many nanoseconds
	 * @param action the action; what it throws is logged
	 */
	void run(Deadlines deadlines, long nanos, Runnable action) {
		this.timers.removeIf(Future::isDone);
		this.timers.add(deadlines.schedule(nanos, action));
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
