package dev.offload.dispatch;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.offload.ExecutorListener;

/**
 * Tells when an executor has no room, and when a good part of it is free again. Safe for
 * use by many threads.
 */
final class Saturation {

	private final String executor;

	private final ExecutorListener listener;

	/** Whether a good part is free. */
	private final BooleanSupplier roomy;

	/** Keeps what is told in order. Not taken while there is room. */
	private final ReentrantLock lock = new ReentrantLock();

	/** Written under the lock. */
	private volatile boolean saturated;

	Saturation(String executor, ExecutorListener listener, BooleanSupplier roomy) {
		this.executor = executor;
		this.listener = listener;
		this.roomy = roomy;
	}

	// There was no room for a task. Called without any other lock.
	void noRoom() {
		if (!this.saturated) {
			change(true);
			// What was given back meanwhile has seen nothing to be told.
			released();
		}
	}

	// Something was given back. Called without any other lock.
	void released() {
		if (this.saturated && this.roomy.getAsBoolean()) {
			change(false);
		}
	}

	private void change(boolean now) {
		this.lock.lock();
		try {
			if (this.saturated != now) {
				this.saturated = now;
				this.listener.executorSaturated(this.executor, now);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
