package dev.offload.benchmarks.spring;

import dev.offload.spring.OffloadTo;

/**
 * Methods that do nothing worth a mention.
 */
public class Numbers {

	/**
	 * Runs in a worker.
	 * @param value a number
	 * @return the next one
	 */
	@OffloadTo("numbers")
	public long next(long value) {
		return value + 1;
	}

	/**
	 * Runs on its caller's thread.
	 * @param value a number
	 * @return the next one
	 */
	@OffloadTo("here")
	public long nextHere(long value) {
		return value + 1;
	}

	/**
	 * Runs where it is called.
	 * @param value a number
	 * @return the next one
	 */
	public long plain(long value) {
		return value + 1;
	}

}
