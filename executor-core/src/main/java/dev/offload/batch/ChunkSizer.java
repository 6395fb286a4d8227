package dev.offload.batch;

import java.time.Duration;

/**
 * Says how many items make the next task. Safe for use by many threads.
 */
final class ChunkSizer {

	private static final long TARGET_NANOS = Duration.ofMillis(10).toNanos();

	private static final int SHARE_OF_TIMEOUT = 10;

	private static final int MAX_STEP = 4;

	private static final int MAX_SIZE = 8192;

	/** Chunks that are left for each slot, at least, so that all end about together. */
	private static final int CHUNKS_PER_SLOT = 2;

	private final int fixed;

	private final int slots;

	private final long targetNanos;

	/** Written by whoever hears of a chunk that ended; the last one is as good as any. */
	private volatile int size = 1;

	ChunkSizer(int fixed, int slots, Duration timeout) {
		this.fixed = fixed;
		this.slots = slots;
		this.targetNanos = timeout.isZero() ? TARGET_NANOS
				: Math.max(1, Math.min(TARGET_NANOS, timeout.dividedBy(SHARE_OF_TIMEOUT).toNanos()));
	}

	// How many items, if so many are left; -1 if that is not known.
	int next(long left) {
		if (this.fixed > 0) {
			return this.fixed;
		}
		if (left < 0) {
			return this.size;
		}
		long share = left / ((long) CHUNKS_PER_SLOT * this.slots);
		return (int) Math.max(1, Math.min(this.size, share));
	}

	// Learns from a chunk that ended.
	void ran(int items, long nanos) {
		long each = Math.max(1, nanos / items);
		long wanted = this.targetNanos / each;
		long least = Math.max(1, items / MAX_STEP);
		long most = Math.min(MAX_SIZE, (long) items * MAX_STEP);
		this.size = (int) Math.max(least, Math.min(most, wanted));
	}

	// Learns from a chunk that failed as a whole, maybe since it was too large.
	void failed(int items) {
		this.size = Math.min(this.size, Math.max(1, items / MAX_STEP));
	}

}
