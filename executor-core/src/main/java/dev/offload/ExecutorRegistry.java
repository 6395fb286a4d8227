package dev.offload;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The named executors of an application. Safe for use by many threads.
 */
public interface ExecutorRegistry extends AutoCloseable {

	/**
	 * Returns the executor of that name, and makes it if there is none. Two threads that
	 * ask for one name get one instance.
	 * @param spec the settings
	 * @return the executor
	 * @throws ExecutorConflictException if an executor of that name has other settings;
	 * the message says which
	 * @throws UnknownExecutorTypeException if no factory makes executors of that type;
	 * the message lists the known ones
	 */
	OffloadExecutor getOrCreate(ExecutorSpec spec);

	/**
	 * Finds an executor.
	 * @param name its name
	 * @return the executor, or empty; none is made
	 */
	Optional<OffloadExecutor> find(String name);

	/**
	 * Returns an executor that must be there.
	 * @param name its name
	 * @return the executor
	 * @throws UnknownExecutorException if there is none; the message lists the known ones
	 */
	OffloadExecutor require(String name);

	/**
	 * The executors by name, in the order of their making.
	 * @return a copy
	 */
	Map<String, OffloadExecutor> executors();

	/**
	 * The numbers of all executors, in the order of their making.
	 * @return the snapshots
	 */
	List<ExecutorSnapshot> snapshots();

	/**
	 * The tasks of all executors.
	 * @return the tasks, the same object each time
	 * @throws UnsupportedOperationException if this registry does not know its tasks, as
	 * by default
	 */
	default Tasks tasks() {
		throw new UnsupportedOperationException("This registry does not know its tasks");
	}

	/**
	 * Closes every executor, also when closing one fails, and forgets them all.
	 * @throws OffloadException after all are closed, if closing one failed; the others'
	 * failures are suppressed in it
	 */
	void closeAll();

	/**
	 * The same as {@link #closeAll()}.
	 */
	@Override
	default void close() {
		closeAll();
	}

}
