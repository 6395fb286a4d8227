package dev.offload.spi;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

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
	 * What prepares the worker further, asked once after the start. By default that is an
	 * instance of the class in the settings, made by its no-argument constructor.
	 * @param configured the class of {@code worker.initializer}, {@code null} if there is
	 * none
	 * @return the initializers, in the order in which they run
	 * @throws Exception if one cannot be made; the worker then does not start
	 */
	default List<WorkerInitializer> initializers(@Nullable Class<? extends WorkerInitializer> configured)
			throws Exception {
		if (configured == null) {
			return List.of();
		}
		Constructor<? extends WorkerInitializer> constructor = configured.getDeclaredConstructor();
		constructor.setAccessible(true);
		return List.of(constructor.newInstance());
	}

	/**
	 * What restores the context of tasks here, asked after the start.
	 * @return the carriers, the outermost first; by default those that
	 * {@link ServiceLoader} finds
	 */
	default List<ContextCarrier> contextCarriers() {
		List<ContextCarrier> found = new ArrayList<>();
		for (ContextCarrier carrier : ServiceLoader.load(ContextCarrier.class, classLoader())) {
			found.add(carrier);
		}
		return found;
	}

	/**
	 * Finds a method. The result is kept and used for all further calls.
	 * @param address the method and its object by name
	 * @return the method, ready to be called
	 * @throws Exception if there is none; the message says what to do
	 */
	BoundMethod resolve(MethodAddress address) throws Exception;

}
