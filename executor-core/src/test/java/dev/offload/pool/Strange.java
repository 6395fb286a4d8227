package dev.offload.pool;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import dev.offload.contract.Gate;

/**
 * Objects that do harm when they are written or read.
 */
final class Strange {

	private static final Cleaner cleaner = Cleaner.create();

	/** The last argument that {@link #keepWeakly} has seen in this process. */
	private static volatile Reference<@Nullable Object> seen = new WeakReference<>(null);

	private Strange() {
	}

	static boolean keepWeakly(Object argument) {
		seen = new WeakReference<>(argument);
		return seen.get() != null;
	}

	// Collects garbage until the argument of the task before is gone.
	static boolean isCollected() throws InterruptedException {
		for (int i = 0; i < 200 && seen.get() != null; i++) {
			System.gc();
			Thread.sleep(10);
		}
		return seen.get() == null;
	}

	// Collects garbage until a cleaner ends this process.
	static int collectForEver() throws InterruptedException {
		while (true) {
			System.gc();
			Thread.sleep(10);
		}
	}

	/**
	 * Throws when it is written.
	 *
	 * @param error whether it throws an error
	 */
	record Unwritable(boolean error) implements Serializable {

		@Serial
		private Object writeReplace() {
			if (this.error) {
				throw new AssertionError("cannot be written");
			}
			throw new IllegalStateException("cannot be written");
		}

	}

	/**
	 * Throws when it is read.
	 */
	static final class Unreadable implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void readObject(ObjectInputStream in) {
			throw new IllegalStateException("cannot be read");
		}

		int size() {
			return 1;
		}

	}

	/**
	 * Ends the process in which it is read, if that is not the one that made it.
	 */
	static final class DeadlyToRead implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private final long maker = ProcessHandle.current().pid();

		@Serial
		private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
			in.defaultReadObject();
			if (this.maker != ProcessHandle.current().pid()) {
				Runtime.getRuntime().halt(41);
			}
		}

		int size() {
			return 1;
		}

	}

	/**
	 * Ends the process in which it is written.
	 */
	static final class DeadlyToWrite implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void writeObject(ObjectOutputStream out) {
			Runtime.getRuntime().halt(43);
		}

	}

	/**
	 * Ends the process that has read it once it is garbage there.
	 */
	static final class DeadlyToCollect implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
			in.defaultReadObject();
			cleaner.register(this, () -> Runtime.getRuntime().halt(47));
		}

		int size() {
			return 1;
		}

	}

	/**
	 * Passes a gate while it is written.
	 */
	static final class SlowToWrite implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private final Gate gate;

		SlowToWrite(Gate gate) {
			this.gate = gate;
		}

		@Serial
		private void writeObject(ObjectOutputStream out) throws IOException {
			out.defaultWriteObject();
			try {
				this.gate.pass();
			}
			catch (InterruptedException ex) {
				throw new IOException(ex);
			}
		}

		int size() {
			return 1;
		}

	}

	/**
	 * Writes without an end.
	 */
	static final class Endless implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private static volatile long megabytes;

		static long megabytes() {
			return megabytes;
		}

		@Serial
		private void writeObject(ObjectOutputStream out) throws IOException {
			byte[] megabyte = new byte[1024 * 1024];
			for (int i = 0; i < 2200; i++) {
				megabytes = i;
				out.write(megabyte);
			}
		}

		int size() {
			return 1;
		}

	}

	/**
	 * Makes an exception of a class that only the process knows that makes it.
	 */
	static final class Unknown extends ClassLoader {

		static RuntimeException exception() throws Exception {
			String known = "dev/offload/stranger/LibraryException";
			String made = "dev/offload/stranger/NowhereException";
			try (var in = Unknown.class.getClassLoader().getResourceAsStream(known + ".class")) {
				String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).replace(known, made);
				byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
				Class<?> type = new Unknown().defineClass(made.replace('/', '.'), bytes, 0, bytes.length);
				return (RuntimeException) type.getConstructor(String.class, Serializable.class)
					.newInstance("from nowhere", null);
			}
		}

	}

}
