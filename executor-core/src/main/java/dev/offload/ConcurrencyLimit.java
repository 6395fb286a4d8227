package dev.offload;

/**
 * How many tasks of one kind may run at a time in an executor. Under
 * {@link OverloadPolicy#REJECT} those count that are accepted and have not ended, under
 * {@link OverloadPolicy#WAIT} those in slots, so the tasks of one key should have one of
 * the two.
 *
 * @param key names the kind, such as a method
 * @param max how many may run, at least 1
 * @param overload what becomes of one more: {@link OverloadPolicy#REJECT}, or
 * {@link OverloadPolicy#WAIT} to wait in the queue, where it lets others pass
 */
public record ConcurrencyLimit(String key, int max, OverloadPolicy overload) {

	public ConcurrencyLimit {
		if (max < 1) {
			throw new IllegalArgumentException("max of '" + key + "' must be 1 or more, but is " + max);
		}
		if (overload == OverloadPolicy.CALLER_RUNS) {
			throw new IllegalArgumentException("overload of '" + key + "' must be REJECT or WAIT, but is " + overload);
		}
	}

}
