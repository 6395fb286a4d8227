package dev.offload.sample.chaos;

import java.io.Serial;

/**
 * Thrown by a task that failed and left its worker alive.
 */
public class ChaosException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final long workerPid;

	/**
	 * Creates one in the worker.
	 * @param message what happened
	 * @param cause what the task met
	 */
	public ChaosException(String message, Throwable cause) {
		super(message, cause);
		this.workerPid = ProcessHandle.current().pid();
	}

	/**
	 * The process in which the task failed.
	 * @return its process id
	 */
	public long workerPid() {
		return this.workerPid;
	}

}
