package dev.offload.spool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes in the files of one executor. Safe for use by many threads.
 */
final class SpoolSpace {

	private final long limit;

	private final AtomicLong held = new AtomicLong();

	SpoolSpace(long limit) {
		this.limit = limit;
	}

	long limit() {
		return this.limit;
	}

	long held() {
		return this.held.get();
	}

	// Takes room; false, and nothing is taken, if there is not as much.
	boolean take(long bytes) {
		long before = this.held.get();
		while (bytes <= this.limit - before) {
			if (this.held.compareAndSet(before, before + bytes)) {
				return true;
			}
			before = this.held.get();
		}
		return false;
	}

	void giveBack(long bytes) {
		this.held.addAndGet(-bytes);
	}

}
