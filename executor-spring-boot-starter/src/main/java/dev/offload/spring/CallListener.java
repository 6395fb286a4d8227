package dev.offload.spring;

import dev.offload.OffloadExecutor;

/**
 * Told of the calls of annotated methods. What it throws, their callers get. Beans of
 * this type are made at the first call. It is for the packages of this starter, and may
 * change with them.
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * A call is about to be given to its executor. Called on the caller's thread.
	 * @param bean the name of the bean
	 * @param method the method
	 * @param executor the executor
	 */
	void beforeCall(String bean, OffloadMethod method, OffloadExecutor executor);

}
