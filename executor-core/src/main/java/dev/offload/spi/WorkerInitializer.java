package dev.offload.spi;

/**
 * Prepares a worker once, before its first task: loads a model, opens a library. In a
 * worker without beans it has a no-argument constructor; in one with beans it is given
 * what it needs, and all beans of this type run, whatever the settings name.
 */
@FunctionalInterface
public interface WorkerInitializer {

	/**
	 * Prepares the worker.
	 * @param environment what the worker knows of itself, with the arguments from the
	 * settings
	 * @throws Exception if it cannot; the worker then does not start, and tasks that wait
	 * for one fail with this cause
	 */
	void initialize(WorkerEnvironment environment) throws Exception;

}
