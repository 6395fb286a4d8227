package dev.offload;

import java.io.Serial;
import java.time.Duration;

/**
 * Thrown when a task waited for a slot longer than {@code queue-timeout}. It was never
 * run.
 */
public class QueueTimeoutException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String taskId;

	private final Duration limit;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param taskId the id of the task
	 * @param limit the limit
	 * @param message what happened and what to do
	 */
	public QueueTimeoutException(String executor, String taskId, Duration limit, String message) {
		super(executor, message);
		this.taskId = taskId;
		this.limit = limit;
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

}
