package dev.offload.spi;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;

/**
 * Makes the executors of one type. A factory is found by {@link java.util.ServiceLoader}
 * or given to the registry. Implementations are safe for use by many threads.
 */
public interface ExecutorFactory {

	/**
	 * The type of which it makes executors.
	 * @return the word used as {@code type} in settings
	 */
	String type();

	/**
	 * Makes an executor. It starts neither a thread nor a process before the first task,
	 * unless the settings say so.
	 * @param spec the settings
	 * @return a new executor
	 */
	OffloadExecutor create(ExecutorSpec spec);

	/**
	 * Makes an executor whose tasks are found by their ids, as a registry does. What
	 * makes executors of its own kind enters their tasks and tells of their ends; by
	 * default this does not happen, and they are not found.
	 * @param spec the settings
	 * @param directory where its tasks are found, together with those of others
	 * @return a new executor
	 */
	default OffloadExecutor create(ExecutorSpec spec, TaskDirectory directory) {
		return create(spec);
	}

}
