package dev.offload.spring.ratelimit;

import java.time.Duration;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import dev.offload.spi.RateLimiter;

/**
 * A bucket that is full at first and is filled again evenly over the period.
 */
final class BucketRateLimiter implements RateLimiter {

	private final Bucket bucket;

	BucketRateLimiter(int tasks, Duration period) {
		// By the clock that nobody sets.
		this.bucket = Bucket.builder()
			.addLimit((limit) -> limit.capacity(tasks).refillGreedy(tasks, period))
			.withNanosecondPrecision()
			.build();
	}

	@Override
	public long tryAcquire() {
		ConsumptionProbe probe = this.bucket.tryConsumeAndReturnRemaining(1);
		return probe.isConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
	}

}
