package dev.offload.spi;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds in a worker what invocations call. It has a no-argument constructor, is started
 * once, and then serves all threads of the worker.
 */
public interface TargetResolver {

	/**
	 * Prepares the worker: the time for a context to start.
	 * @param environment what the worker knows of itself
	 * @throws Exception if it cannot; the worker then does not start
	 */
	default void start(WorkerEnvironment environment) throws Exception {
	}

	/**
	 * The loader of the application's classes, asked after the start.
	 * @return the loader
	 */
	default ClassLoader classLoader() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return (loader != null) ? loader : TargetResolver.class.getClassLoader();
	}

	/**
	 * What restores the context of tasks here, asked after the start.
	 * @return the carriers, the outermost first; by default those that
	 * {@link ServiceLoader} finds
	 */
	default List<ContextCarrier> contextCarriers() {
		return ServiceLoader.load(ContextCarrier.class, classLoader())
			.stream()
			.map(ServiceLoader.Provider::get)
			.toList();
	}

	/**
	 * Finds a method. The result is kept and used for all further calls.
	 * @param address the method and its object by name
	 * @return the method, ready to be called
	 * @throws Exception if there is none; the message says what to do
	 */
	BoundMethod resolve(MethodAddress address) throws Exception;

}
