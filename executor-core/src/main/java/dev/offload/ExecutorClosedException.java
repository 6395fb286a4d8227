package dev.offload;

import java.io.Serial;

/**
 * Thrown for a task given to an executor that is closing or closed, and for tasks that it
 * still held when it ended.
 */
public class ExecutorClosedException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param message what happened and what to do
	 */
	public ExecutorClosedException(String executor, String message) {
		super(executor, message);
	}

}
