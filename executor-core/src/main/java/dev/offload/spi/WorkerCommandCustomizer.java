package dev.offload.spi;

/**
 * Changes how worker processes are started: the options of their JVM and their
 * environment variables, one worker at a time. Safe for use by many threads, and quick.
 * <p>
 * It comes after {@code worker.jvm-args} and {@code worker.environment}, and the same
 * rules apply: what a worker needs in order to die at once and to say why, and the marks
 * by which its processes are found, cannot be changed. A start with such a change fails,
 * with an error that names the customizer. Heap and processors belong in the settings:
 * what is shared out between workers does not count what is set here.
 */
@FunctionalInterface
public interface WorkerCommandCustomizer {

	/**
	 * Changes the start of one worker.
	 * @param launch what is to be started
	 * @param options what can be changed
	 */
	void customize(WorkerLaunch launch, WorkerOptions options);

}
