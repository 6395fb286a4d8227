package dev.offload;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * A unit of work that can be sent to another process: usually a lambda or a method
 * reference. What it captures must be serializable; a lambda that uses a field or an
 * instance method of the enclosing object captures that object.
 *
 * @param <T> the type of the result, which must be serializable too
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Serializable {

	/**
	 * Runs the work.
	 * @return the result
	 * @throws Exception any failure; it reaches the caller as it is, if its class can be
	 * rebuilt there, and as a {@link RemoteTaskException} otherwise
	 */
	T run() throws Exception;

}
