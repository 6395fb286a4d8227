package dev.offload.codec.kryo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.StreamCorruptedException;
import java.time.DateTimeException;
import java.util.List;
import java.util.NoSuchElementException;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.KryoBufferUnderflowException;

/**
 * Finds in what Kryo threw what the core knows how to tell.
 */
final class Failures {

	private static final int MAX_CAUSES = 50;

	private static final List<Class<? extends RuntimeException>> DAMAGES = List.of(IndexOutOfBoundsException.class,
			ClassCastException.class, ArrayStoreException.class, NegativeArraySizeException.class,
			NullPointerException.class, IllegalArgumentException.class, ArithmeticException.class,
			DateTimeException.class, NoSuchElementException.class);

	private Failures() {
	}

	// Thrown through methods of Kryo, which declare no checked exceptions.
	static KryoException wrap(Exception reason) {
		return new KryoException(reason);
	}

	// Code of classes that are read, such as a constructor: its failure says nothing of
	// the bytes.
	static KryoException ofCode(String code, Throwable failure) {
		InvalidObjectException invalid = new InvalidObjectException(code + " failed with " + failure);
		invalid.initCause(failure);
		return wrap(invalid);
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
		if (isDamage(reason)) {
			return caused(new StreamCorruptedException("they do not make an object: " + reason), failure);
		}
		if (reason instanceof RuntimeException ex) {
			throw ex;
		}
		throw failure;
	}

	// What the JDK says when it is given values that nobody wrote.
	private static boolean isDamage(Throwable reason) {
		return DAMAGES.stream().anyMatch((type) -> type.isInstance(reason));
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
