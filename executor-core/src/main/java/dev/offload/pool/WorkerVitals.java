package dev.offload.pool;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.offload.WorkerHeartbeat;
import dev.offload.protocol.Message.Heartbeat;

/**
 * The signs of life of one worker. Safe for use by many threads.
 */
final class WorkerVitals {

	/** Written by the thread that reads its control connection. */
	private volatile @Nullable Beat last;

	/** From when on silence counts; written by the thread that watches for it. */
	private volatile long countedSince = System.nanoTime();

	void beat(Heartbeat heartbeat, long residentBytes) {
		this.last = new Beat(heartbeat, residentBytes, System.nanoTime());
	}

	// What was silent until now does not count.
	void countAfresh() {
		this.countedSince = System.nanoTime();
	}

	// For how long it has been silent, of the time that counts.
	long silentNanos() {
		Beat beat = this.last;
		long counted = System.nanoTime() - this.countedSince;
		return (beat != null) ? Math.min(counted, System.nanoTime() - beat.at()) : counted;
	}

	// The last one, null before the first.
	@Nullable WorkerHeartbeat latest() {
		Beat beat = this.last;
		if (beat == null) {
			return null;
		}
		Heartbeat told = beat.told();
		return new WorkerHeartbeat(told.heapUsed(), told.heapCommitted(), told.heapMax(), beat.residentBytes(),
				told.threads(), Duration.ofNanos(System.nanoTime() - beat.at()));
	}

	/**
	 * One sign of life.
	 *
	 * @param told what the worker told
	 * @param residentBytes what the system told
	 * @param at when, by {@link System#nanoTime()}
	 */
	private record Beat(Heartbeat told, long residentBytes, long at) {

	}

}
