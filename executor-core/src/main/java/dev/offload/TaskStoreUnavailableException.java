package dev.offload;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * What keeps tasks does not answer, or not as it should. Tasks go on without it.
 */
public class TaskStoreUnavailableException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates one.
	 * @param message what happened
	 * @param cause what the store said, {@code null} if that was to another
	 */
	public TaskStoreUnavailableException(String message, @Nullable Throwable cause) {
		super(null, message, cause);
	}

}
