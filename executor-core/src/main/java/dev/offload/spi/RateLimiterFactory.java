package dev.offload.spi;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Makes what limits the rate of executors with a {@code rate-limit}. Found by
 * {@link java.util.ServiceLoader}; the first that is available is used.
 */
public interface RateLimiterFactory {

	/**
	 * Says why it cannot make any.
	 * @return what is missing, such as a library, {@code null} if nothing is
	 */
	default @Nullable String unavailable() {
		return null;
	}

	/**
	 * Makes the limiter of one executor.
	 * @param executor the name of the executor
	 * @param tasks how many tasks it may take in a period, at least 1; as many may come
	 * at once
	 * @param period the period, more than zero
	 * @return the limiter
	 */
	RateLimiter create(String executor, int tasks, Duration period);

}
