package dev.offload.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts what is told of one task in order: one thing at a time, and nothing of an attempt
 * that is over. No thread waits: what comes while something is told is told by the thread
 * that tells. Safe for use by many threads.
 */
final class TaskTelling {

	/** Of tasks of which all was told. */
	static final TaskTelling OVER = new TaskTelling();

	/** How much is there to be told, with what is being told. */
	private final AtomicInteger open = new AtomicInteger();

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	/** Of the thread that tells: attempts up to this one are over. */
	private int over;

	/**
	 * Tells something, now or after what is being told.
	 * @param kind what it is
	 * @param attempt the attempt that it concerns
	 * @param event tells it; never throws
	 */
	void tell(EventKind kind, int attempt, Runnable event) {
		if (this == OVER) {
			return;
		}
		Runnable next = () -> tellUnlessOver(kind, attempt, event);
		if (!this.open.compareAndSet(0, 1)) {
			this.waiting.add(next);
			if (this.open.getAndIncrement() > 0) {
				return;
			}
			next = this.waiting.remove();
		}
		next.run();
		while (this.open.decrementAndGet() > 0) {
			this.waiting.remove().run();
		}
	}

	private void tellUnlessOver(EventKind kind, int attempt, Runnable event) {
		if (attempt <= this.over) {
			return;
		}
		if (kind == EventKind.TASK_RETRYING || kind == EventKind.TASK_COMPLETED) {
			this.over = attempt;
		}
		event.run();
	}

}
