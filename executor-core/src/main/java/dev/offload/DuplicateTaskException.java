package dev.offload;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A task was submitted under the id of another one that has not ended. Nothing was done:
 * the other one goes on.
 */
public class DuplicateTaskException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String taskId;

	/**
	 * Creates one.
	 * @param executor the name of the executor that refused it
	 * @param taskId the id
	 * @param message what to do
	 */
	public DuplicateTaskException(@Nullable String executor, String taskId, String message) {
		super(executor, message);
		this.taskId = taskId;
	}

	/**
	 * The id that is in use.
	 * @return the id
	 */
	public String taskId() {
		return this.taskId;
	}

}
