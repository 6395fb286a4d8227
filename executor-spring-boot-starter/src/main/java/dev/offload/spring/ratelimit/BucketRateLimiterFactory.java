package dev.offload.spring.ratelimit;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import dev.offload.InvalidSettingException;
import dev.offload.spi.RateLimiter;
import dev.offload.spi.RateLimiterFactory;

/**
 * Limits the rate of executors by buckets of Bucket4j, where that is on the class path.
 */
public final class BucketRateLimiterFactory implements RateLimiterFactory {

	private final @Nullable ClassLoader loader;

	/**
	 * Creates one.
	 */
	public BucketRateLimiterFactory() {
		this(BucketRateLimiterFactory.class.getClassLoader());
	}

	BucketRateLimiterFactory(@Nullable ClassLoader loader) {
		this.loader = loader;
	}

	@Override
	public @Nullable String unavailable() {
		return ClassUtils.isPresent("io.github.bucket4j.Bucket", this.loader) ? null
				: "add com.bucket4j:bucket4j_jdk17-core to the class path";
	}

	@Override
	public RateLimiter create(String executor, int tasks, Duration period) {
		try {
			return new BucketRateLimiter(tasks, period);
		}
		catch (ArithmeticException | IllegalArgumentException ex) {
			throw new InvalidSettingException(executor, "rate-limit",
					tasks + " in rate-limit-period " + period + " cannot be counted: " + ex.getMessage());
		}
	}

}
