package dev.offload.codec;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.Payload;

/**
 * Exceptions that were logged, as texts only: where they are logged again, their classes
 * need not be there.
 */
public final class LoggedFailures {

	private static final int MAX_BYTES = 128 * 1024;

	private static final byte[] NONE = {};

	private LoggedFailures() {
	}

	/**
	 * Turns an exception into bytes, 128 KiB at most; what that cuts off is told in its
	 * place.
	 * @param failure the exception, {@code null} for none
	 * @return the bytes, none for none
	 */
	public static byte[] encode(@Nullable Throwable failure) {
		if (failure == null) {
			return NONE;
		}
		for (FailureBounds bounds : List.of(FailureBounds.LOGGED, FailureBounds.LOGGED_SHORT,
				FailureBounds.LOGGED_LEAST)) {
			try {
				LimitedOutput out = new LimitedOutput(MAX_BYTES);
				new FailureTextWriter(new PayloadWriter(out), bounds).write(failure);
				return out.toByteArray();
			}
			catch (IOException ex) {
				// It is too long for these bounds.
			}
		}
		return NONE;
	}

	/**
	 * Makes a stand-in that prints as the exception did.
	 * @param bytes the bytes
	 * @param redactor what each line of the class names and messages passes
	 * @return the stand-in, {@code null} for no bytes
	 * @throws IOException if the bytes are no exception
	 */
	public static @Nullable Throwable decode(byte[] bytes, UnaryOperator<String> redactor) throws IOException {
		return (bytes.length > 0)
				? standIn(new FailureTextReader(new PayloadReader(Payload.of(bytes))).read(), redactor) : null;
	}

	private static Throwable standIn(FailureText text, UnaryOperator<String> redactor) {
		FailureText cause = text.cause();
		WorkerThrowable standIn = new WorkerThrowable(redact(text, redactor),
				(cause != null) ? standIn(cause, redactor) : null);
		standIn.setStackTrace(text.stack().toArray(StackTraceElement[]::new));
		text.suppressed().forEach((each) -> standIn.addSuppressed(standIn(each, redactor)));
		return standIn;
	}

	private static String redact(FailureText text, UnaryOperator<String> redactor) {
		String head = (text.message() != null) ? text.className() + ": " + text.message() : text.className();
		return head.lines().map(redactor).collect(Collectors.joining("\n"));
	}

}
