package dev.offload.codec;

import org.jspecify.annotations.Nullable;

/**
 * Reads exceptions whose own methods may throw.
 */
final class Texts {

	private static final StackTraceElement[] NO_STACK = {};

	private Texts() {
	}

	static String describe(Throwable failure) {
		String message = messageOf(failure);
		return (message != null) ? failure.getClass().getName() + ": " + message : failure.getClass().getName();
	}

	static @Nullable String messageOf(Throwable failure) {
		try {
			return failure.getMessage();
		}
		catch (Throwable ex) {
			rethrowFatal(ex);
			return "(its getMessage() threw " + ex.getClass().getName() + ")";
		}
	}

	static @Nullable Throwable causeOf(Throwable failure) {
		try {
			return failure.getCause();
		}
		catch (Throwable ex) {
			rethrowFatal(ex);
			return null;
		}
	}

	static StackTraceElement[] stackOf(Throwable failure) {
		try {
			StackTraceElement[] stack = failure.getStackTrace();
			return (stack != null) ? stack : NO_STACK;
		}
		catch (Throwable ex) {
			rethrowFatal(ex);
			return NO_STACK;
		}
	}

	// A stack overflow is the fault of the data or of the code called; it ends here.
	static void rethrowFatal(Throwable failure) {
		if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
			throw error;
		}
	}

}
