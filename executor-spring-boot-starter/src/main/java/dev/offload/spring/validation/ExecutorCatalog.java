package dev.offload.spring.validation;

import java.util.Set;

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

}
