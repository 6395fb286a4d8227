package dev.offload;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Offload itself throws. The task's own exceptions are not
 * among them: they arrive as themselves.
 */
public class OffloadException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final @Nullable String executor;

	/**
	 * Creates one.
	 * @param executor the name of the executor, if one is concerned
	 * @param message what happened and what to do
	 */
	public OffloadException(@Nullable String executor, String message) {
		this(executor, message, null);
	}

	/**
	 * Creates one with a cause.
	 * @param executor the name of the executor, if one is concerned
	 * @param message what happened and what to do
	 * @param cause the cause, if there is one
	 */
	public OffloadException(@Nullable String executor, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.executor = executor;
	}

	/**
	 * The executor concerned.
	 * @return its name, or {@code null} if it concerns none
	 */
	public @Nullable String executor() {
		return this.executor;
	}

}
