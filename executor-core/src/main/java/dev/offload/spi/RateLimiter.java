package dev.offload.spi;

/**
 * Says whether an executor may take one more task now. Safe for use by many threads.
 */
@FunctionalInterface
public interface RateLimiter {

	/**
	 * Takes a permit for one task if there is one; never waits.
	 * @return 0 if there was one, otherwise after how many nanoseconds, more than 0,
	 * there may be one
	 */
	long tryAcquire();

}
