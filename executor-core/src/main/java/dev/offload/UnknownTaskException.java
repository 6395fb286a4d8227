package dev.offload;

import java.io.Serial;

/**
 * There is no task of that id: it never was submitted here, or its record is not kept any
 * more.
 */
public class UnknownTaskException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String taskId;

	/**
	 * Creates one.
	 * @param taskId the id
	 * @param message what to do
	 */
	public UnknownTaskException(String taskId, String message) {
		super(null, message);
		this.taskId = taskId;
	}

	/**
	 * The id that is not known.
	 * @return the id
	 */
	public String taskId() {
		return this.taskId;
	}

}
