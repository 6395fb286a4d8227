package dev.offload.spi;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Delivers the interrupt of one task to the thread that runs it while its code runs, and
 * at no other moment. Safe for use by many threads.
 */
public final class InterruptGuard {

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by {@link #lock}: the thread while it runs the task's code. */
	private @Nullable Thread thread;

	/** Guarded by {@link #lock}. */
	private boolean requested;

	/**
	 * The task's code begins on this thread. An interrupt asked for before is delivered
	 * now.
	 */
	public void enter() {
		this.lock.lock();
		try {
			this.thread = Thread.currentThread();
			if (this.requested) {
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The task's code has ended on this thread: no interrupt is delivered any more, and
	 * one that was delivered is cleared.
	 */
	public void exit() {
		this.lock.lock();
		try {
			this.thread = null;
			if (this.requested) {
				Thread.interrupted();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The thread that runs the task's code now.
	 * @return the thread, {@code null} before the code begins and after its end
	 */
	public @Nullable Thread thread() {
		this.lock.lock();
		try {
			return this.thread;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether the task was to be interrupted, also where its code has cleared the
	 * interrupt or has not begun.
	 * @return {@code true} once it was asked for
	 */
	public boolean isRequested() {
		this.lock.lock();
		try {
			return this.requested;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Interrupts the task's code if it runs, or as soon as it begins.
	 */
	public void interrupt() {
		this.lock.lock();
		try {
			this.requested = true;
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
