package dev.offload;

import java.io.Serial;
import java.time.Instant;
import java.util.Objects;

/**
 * Thrown when a task had not ended by its {@code deadline}: while it waited, while it
 * ran, or before it was submitted at all. It may have done part of its work if it ran.
 */
public class TaskDeadlineException extends TaskTimeoutException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Instant deadline;

	/**
	 * Creates one.
	 * @param ended what is known of the task's end; the limit is the time that it had
	 * from its submission on
	 * @param deadline when it should have ended
	 */
	public TaskDeadlineException(TaskTimeoutException ended, Instant deadline) {
		super(Objects.requireNonNull(ended.executor()), ended.taskId(), ended.limit(), ended.pid(),
				String.valueOf(ended.getMessage()), ended.getCause(), ended.taskStack(), ended.threadDumpFile());
		this.deadline = deadline;
	}

	/**
	 * When it should have ended.
	 * @return the value
	 */
	public Instant deadline() {
		return this.deadline;
	}

}
