package dev.offload.pool;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills workers that give no sign of life for {@code hang-timeout}: stopped, stuck in the
 * kernel, or in a collection that does not end. Safe for use by many threads.
 *
 * <p>
 * A service that was itself stopped has read no sign of life, though there were some. Its
 * timer is late then, and so knows that the silence does not count.
 */
final class HangWatch {

	/** How many signs of life are missed before a worker is killed. */
	static final int BEATS = 4;

	private static final long LONGEST_BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final Logger logger = LoggerFactory.getLogger(HangWatch.class);

	private final PoolCore core;

	private final long limit;

	private final long period;

	HangWatch(PoolCore core) {
		this.core = core;
		this.limit = core.spec().hangTimeout().toNanos();
		this.period = this.limit / BEATS;
	}

	// How often a worker gives a sign of life.
	static long beatMillis(long hangTimeoutNanos) {
		long beat = (hangTimeoutNanos > 0) ? hangTimeoutNanos / BEATS : LONGEST_BEAT_NANOS;
		return TimeUnit.NANOSECONDS.toMillis(Math.min(beat, LONGEST_BEAT_NANOS));
	}

	// Watches a worker that has become ready, until it ends.
	void watch(Worker worker) {
		if (this.limit > 0) {
			worker.vitals().countAfresh();
			checkLater(worker);
		}
	}

	private void checkLater(Worker worker) {
		long due = System.nanoTime() + this.period;
		worker.timers()
			.run(this.core.services().deadlines(), this.period, () -> check(worker, System.nanoTime() - due));
	}

	private void check(Worker worker, long late) {
		if (worker.phase() != Worker.Phase.READY && worker.phase() != Worker.Phase.RETIRING) {
			return;
		}
		if (late > this.period) {
			logger.debug("{}: its service was stopped, so its silence does not count", worker);
			worker.vitals().countAfresh();
		}
		if (worker.vitals().silentNanos() <= this.limit) {
			checkLater(worker);
		}
		else if (worker.killHung()) {
			worker.slots().forEach(this.core.services().slots()::withdraw);
			logger.warn("{} is killed, for it has given no sign of life for hang-timeout {}", worker,
					this.core.spec().hangTimeout());
		}
	}

}
