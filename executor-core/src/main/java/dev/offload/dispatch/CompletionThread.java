package dev.offload.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the threads of a {@link CompletionThreads}: takes actions while there are any,
 * and then waits to be woken. It ends when nobody has woken it for long.
 */
final class CompletionThread extends Thread {

	private static final Logger logger = LoggerFactory.getLogger(CompletionThread.class);

	private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final CompletionThreads owner;

	/** Used by those that wake it, one at a time. */
	private boolean begun;

	/** Set by those that wake it, cleared by itself. */
	private volatile boolean woken;

	/** Written by itself. */
	private volatile boolean acting;

	CompletionThread(CompletionThreads owner, String name) {
		super(name);
		this.owner = owner;
		setDaemon(true);
	}

	// Whether its action waits for something: a hint, for it may go on at any time.
	boolean isHeldUp() {
		return this.acting && switch (getState()) {
			case BLOCKED, WAITING, TIMED_WAITING -> true;
			case NEW, RUNNABLE, TERMINATED -> false;
		};
	}

	// Called once by whoever has taken it, when it was new or idle.
	void wake() {
		if (this.begun) {
			this.woken = true;
			LockSupport.unpark(this);
		}
		else {
			this.begun = true;
			start();
		}
	}

	@Override
	public void run() {
		do {
			work();
		}
		while (awaitWoken());
	}

	private void work() {
		Runnable action = this.owner.next(this);
		while (action != null) {
			this.acting = true;
			act(action);
			this.acting = false;
			action = this.owner.next(this);
		}
	}

	private static void act(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.error("Completing a task failed", ex);
		}
		// whoever set it: an interrupt ends with its action
		Thread.interrupted();
	}

	private boolean awaitWoken() {
		long until = System.nanoTime() + KEEP_ALIVE_NANOS;
		while (!this.woken && !this.owner.isClosed()) {
			long left = until - System.nanoTime();
			if (left <= 0 && this.owner.remove(this)) {
				return false;
			}
			LockSupport.parkNanos(this, Math.max(left, 1));
			Thread.interrupted();
		}
		boolean again = this.woken;
		this.woken = false;
		return again;
	}

}
