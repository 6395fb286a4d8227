package dev.offload;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of a task whose class cannot be rebuilt in the service. It has
 * the stack trace of the original, and stand-ins for its causes.
 */
public class RemoteTaskException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String className;

	private final @Nullable String originalMessage;

	/**
	 * Creates one.
	 * @param executor the name of the executor, {@code null} where it is not known
	 * @param className the class of the original
	 * @param originalMessage the message of the original
	 * @param cause the stand-in of its cause, if it had one
	 */
	public RemoteTaskException(@Nullable String executor, String className, @Nullable String originalMessage,
			@Nullable Throwable cause) {
		super(executor, (originalMessage != null) ? className + ": " + originalMessage : className, cause);
		this.className = className;
		this.originalMessage = originalMessage;
	}

	/**
	 * The class of the original exception.
	 * @return its name
	 */
	public String className() {
		return this.className;
	}

	/**
	 * The message of the original exception.
	 * @return the message, or {@code null} if it had none
	 */
	public @Nullable String originalMessage() {
		return this.originalMessage;
	}

}
