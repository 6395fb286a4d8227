package dev.offload;

import java.io.Serial;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when workers of an executor cannot be started.
 */
public class WorkerStartException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final long pid;

	private final List<String> output;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param pid the process id, {@code -1} if there was no process
	 * @param output the last lines that it printed
	 * @param message what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public WorkerStartException(String executor, long pid, List<String> output, String message,
			@Nullable Throwable cause) {
		super(executor, message, cause);
		this.pid = pid;
		this.output = output;
	}

	/**
	 * The process id, {@code -1} if there was no process.
	 * @return the value
	 */
	public long pid() {
		return this.pid;
	}

	/**
	 * The last lines that it printed.
	 * @return the value
	 */
	public List<String> output() {
		return this.output;
	}

}
