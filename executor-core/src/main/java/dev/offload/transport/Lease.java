package dev.offload.transport;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps something open while somebody uses it: the last one to leave after it was closed
 * releases it. What the system would give to somebody else at once, such as the number of
 * a file, must not be released under a thread that is about to use it. Safe for use by
 * many threads.
 */
final class Lease {

	/** Added to the count of users when it is closed. */
	private static final int CLOSED = Integer.MIN_VALUE;

	private final AtomicInteger users = new AtomicInteger();

	private final Runnable release;

	Lease(Runnable release) {
		this.release = release;
	}

	// Whether it may be used; whoever may has to leave.
	boolean enter() {
		int count = this.users.get();
		while (count >= 0) {
			if (this.users.compareAndSet(count, count + 1)) {
				return true;
			}
			count = this.users.get();
		}
		return false;
	}

	void leave() {
		if (this.users.decrementAndGet() == CLOSED) {
			this.release.run();
		}
	}

	// Nobody enters any more. Does nothing when called again.
	void close() {
		int before = this.users.getAndUpdate((count) -> (count >= 0) ? count + CLOSED : count);
		if (before == 0) {
			this.release.run();
		}
	}

}
