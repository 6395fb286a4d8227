package dev.offload.benchmarks.run;

/**
 * Something that is done again and again.
 */
@FunctionalInterface
public interface Operation {

	/**
	 * Does it once.
	 * @throws Throwable if it fails
	 */
	void run() throws Throwable;

}
