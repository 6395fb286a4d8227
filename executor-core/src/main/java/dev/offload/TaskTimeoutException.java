package dev.offload;

import java.io.Serial;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a task ran longer than {@code timeout}. It may have done part of its work.
 */
public class TaskTimeoutException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String taskId;

	private final Duration limit;

	private final long pid;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param taskId the id of the task
	 * @param limit the limit
	 * @param pid the process id of the worker, {@code -1} if it ran in this JVM
	 * @param message what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public TaskTimeoutException(String executor, String taskId, Duration limit, long pid, String message,
			@Nullable Throwable cause) {
		super(executor, message, cause);
		this.taskId = taskId;
		this.limit = limit;
		this.pid = pid;
	}

	/**
	 * The id of the task.
	 * @return the value
	 */
	public String taskId() {
		return this.taskId;
	}

	/**
	 * The limit.
	 * @return the value
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * The process id of the worker, {@code -1} if it ran in this JVM.
	 * @return the value
	 */
	public long pid() {
		return this.pid;
	}

}
