package dev.offload.codec;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception that a worker logged. Its text is the class and the message of
 * that one, so that all that prints exceptions shows them, whether by their text or by
 * their message.
 */
// Its text is its message as well, so that no class is told twice.
@SuppressWarnings("OverrideThrowableToString")
final class WorkerThrowable extends Throwable {

	@Serial
	private static final long serialVersionUID = 1L;

	WorkerThrowable(String text, @Nullable Throwable cause) {
		super(text, cause);
	}

	@Override
	public String toString() {
		return String.valueOf(getMessage());
	}

}
