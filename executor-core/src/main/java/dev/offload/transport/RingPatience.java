package dev.offload.transport;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits for the other side of a ring, which is at work meanwhile: a little awake, then
 * ever longer asleep.
 */
final class RingPatience {

	private static final int SPINS = 200;

	private static final long SHORTEST_NANOS = 20_000;

	private static final long LONGEST_NANOS = 1_000_000;

	private int spins;

	private long nanos = SHORTEST_NANOS;

	void pause() {
		if (this.spins < SPINS) {
			this.spins++;
			Thread.onSpinWait();
		}
		else {
			LockSupport.parkNanos(this, this.nanos);
			this.nanos = Math.min(LONGEST_NANOS, this.nanos + this.nanos / 2);
		}
	}

}
