package dev.offload.codec.kryo;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.KryoBufferUnderflowException;

/**
 * Finds in what Kryo threw what the core knows how to tell.
 */
final class Failures {

	private static final int MAX_CAUSES = 50;

	private Failures() {
	}

	// Thrown through methods of Kryo, which declare no checked exceptions.
	static KryoException wrap(Exception reason) {
		return new KryoException(reason);
	}

	static IOException ofWriting(RuntimeException failure) {
		Throwable reason = reasonOf(failure);
		if (reason instanceof IOException io) {
			return io;
		}
		if (reason instanceof RuntimeException ex) {
			throw ex;
		}
		throw failure;
	}

	static IOException ofReading(RuntimeException failure) throws ClassNotFoundException {
		Throwable reason = reasonOf(failure);
		if (reason instanceof IOException io) {
			return io;
		}
		if (reason instanceof ClassNotFoundException missing) {
			throw missing;
		}
		if (reason instanceof KryoBufferUnderflowException) {
			return caused(new EOFException("they end too early"), failure);
		}
		if (reason instanceof KryoException) {
			return caused(new StreamCorruptedException(String.valueOf(reason.getMessage())), failure);
		}
		if (reason instanceof RuntimeException ex) {
			throw ex;
		}
		throw failure;
	}

	private static <T extends IOException> T caused(T exception, Throwable cause) {
		exception.initCause(cause);
		return exception;
	}

	// What is below the wrappers of Kryo.
	private static Throwable reasonOf(RuntimeException failure) {
		Throwable reason = failure;
		for (int i = 0; i < MAX_CAUSES && reason instanceof KryoException; i++) {
			Throwable cause = reason.getCause();
			if (cause == null) {
				break;
			}
			reason = cause;
		}
		return reason;
	}

}
