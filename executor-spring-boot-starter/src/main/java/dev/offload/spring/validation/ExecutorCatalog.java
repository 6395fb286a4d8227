package dev.offload.spring.validation;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a check needs to know of the executors before they are made.
 */
public interface ExecutorCatalog {

	/**
	 * The names of the executors.
	 * @return the names
	 */
	Set<String> names();

	/**
	 * Whether an executor sends arguments and results somewhere.
	 * @param executor its name
	 * @return {@code true} if they must be encoded; {@code false} if there is no such
	 * executor
	 */
	boolean sends(String executor);

	/**
	 * Whether a task without a timeout of its own may run in a worker for ever.
	 * @param executor its name
	 * @return {@code true} if the executor has workers and no timeout; {@code false} if
	 * there is no such executor
	 */
	default boolean hasNoTimeout(String executor) {
		return false;
	}

	/**
	 * Whether an executor sends only objects whose classes are
	 * {@link java.io.Serializable}, by the codec that it names.
	 * @param executor its name
	 * @return the answer, or {@code null} if the codec is not known by name alone
	 */
	default @Nullable Boolean requiresSerializable(String executor) {
		return null;
	}

}
