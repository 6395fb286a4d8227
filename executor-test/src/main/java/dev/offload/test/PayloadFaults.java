package dev.offload.test;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;

import dev.offload.Task;

/**
 * Tasks, results and exceptions that cannot travel.
 */
final class PayloadFaults {

	private PayloadFaults() {
	}

	static Object unwritable() {
		return new Unserializable();
	}

	static int throwUnwritable() throws UnwritableException {
		throw new UnwritableException("It holds what cannot be written");
	}

	static int throwCycle() throws IOException {
		IOException first = new IOException("First of a cycle");
		IOException second = new IOException("Second of a cycle", first);
		first.initCause(second);
		throw first;
	}

	static int throwError() {
		throw new AssertionError("Not an exception but an error");
	}

	/** Has no way to be written. */
	static final class Unserializable {

		@Override
		public String toString() {
			return "unserializable";
		}

	}

	/** Has a field that has no way to be written. */
	static final class UnwritableException extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		/** Of a type that may be serializable, for the compiler's sake. */
		private final Object field = new Unserializable();

		UnwritableException(String message) {
			super(message);
		}

		Object field() {
			return this.field;
		}

	}

	/** Can be written, but not be read. */
	static final class Unreadable implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void readObject(ObjectInputStream in) throws IOException {
			throw new InvalidObjectException("It does not let itself be read");
		}

	}

	/** Ends the process when it is written. */
	static final class ExitingResult implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private final int code;

		ExitingResult(int code) {
			this.code = code;
		}

		@Serial
		private void writeObject(ObjectOutputStream out) throws IOException {
			out.writeInt(this.code);
			System.exit(this.code);
		}

	}

	/** A task that holds what cannot be written, or cannot be read. */
	record Holding(Object held) implements Task<Integer> {

		@Override
		public Integer run() {
			return this.held.hashCode();
		}

	}

}
