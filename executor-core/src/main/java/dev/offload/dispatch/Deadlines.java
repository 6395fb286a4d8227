package dev.offload.dispatch;

import java.lang.ref.WeakReference;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one timer thread of an executor, started with the first deadline. Actions must be
 * quick. Safe for use by many threads.
 */
public final class Deadlines {

	private static final Logger logger = LoggerFactory.getLogger(Deadlines.class);

	private final ScheduledThreadPoolExecutor timer;

	/**
	 * Creates one.
	 * @param executor the name of the executor, for the thread's name
	 */
	public Deadlines(String executor) {
		this.timer = new ScheduledThreadPoolExecutor(1, (action) -> {
			Thread thread = new Thread(action, executor + "-deadlines");
			thread.setDaemon(true);
			return thread;
		});
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		this.timer.setRejectedExecutionHandler((action, ignored) -> {
		});
	}

	/**
	 * Runs an action later, once, whatever happens until then.
	 * @param nanos after how many nanoseconds
	 * @param action the action; what it throws is logged
	 */
	public void run(long nanos, Runnable action) {
		var unused = schedule(nanos, action);
	}

	/**
	 * Runs an action on something later, once, if somebody else still holds that by then:
	 * it is not held for this alone.
	 * @param <T> the type
	 * @param nanos after how many nanoseconds
	 * @param target what it is done to
	 * @param action the action, which must not refer to that itself
	 */
	<T> void runIfHeld(long nanos, T target, Consumer<? super T> action) {
		WeakReference<T> known = new WeakReference<>(target);
		run(nanos, () -> {
			T held = known.get();
			if (held != null) {
				action.accept(held);
			}
		});
	}

	/**
	 * Runs an action later, once, unless it is cancelled before.
	 * @param nanos after how many nanoseconds
	 * @param action the action; what it throws is logged
	 * @return cancels the action
	 */
	public Future<?> schedule(long nanos, Runnable action) {
		return this.timer.schedule(() -> {
			try {
				action.run();
			}
			catch (Throwable ex) {
				logger.error("An action at a deadline failed", ex);
			}
		}, nanos, TimeUnit.NANOSECONDS);
	}

	void close() {
		this.timer.shutdownNow();
	}

}
