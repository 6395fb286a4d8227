package dev.offload.spi;

/**
 * Finds out, in a worker, what is logged there, for a certain logging library. It is
 * looked for by {@link java.util.ServiceLoader}, and needs a public no-argument
 * constructor. Without one, workers write their log to standard output.
 */
public interface WorkerLogSource {

	/**
	 * Whether the library of this source is what this JVM logs with.
	 * @return {@code false} if there is nothing to find
	 */
	boolean isPresent();

	/**
	 * Gives to a sink whatever is logged from now on, in the place of standard output.
	 * Called once, before anything of the application runs.
	 * @param sink the sink
	 */
	void start(WorkerLogSink sink);

}
