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

	/**
	 * Does it once, and wraps what is no exception.
	 * @throws Exception if it fails
	 */
	default void once() throws Exception {
		try {
			run();
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
