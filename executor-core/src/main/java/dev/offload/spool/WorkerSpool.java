package dev.offload.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.codec.PayloadReference;
import dev.offload.spi.StreamedType;

/**
 * The files of a worker: it reads those that its service made of arguments, and makes
 * those of its results. Safe for use by many threads.
 */
public final class WorkerSpool {

	private final String executor;

	private final StreamedTypes types;

	private final SpoolRoot directory;

	private final long maxBytes;

	/**
	 * Creates one.
	 * @param executor the name of the executor, for messages
	 * @param types what travels by reference
	 * @param directory where the files of results are made
	 * @param maxBytes the most bytes of one
	 */
	public WorkerSpool(String executor, StreamedTypes types, SpoolRoot directory, long maxBytes) {
		this.executor = executor;
		this.types = types;
		this.directory = directory;
		this.maxBytes = maxBytes;
	}

	/**
	 * Opens the arguments of a task that travelled by reference.
	 * @param arguments the decoded arguments, in which the values take the places of
	 * their references
	 * @return what is to be closed when the task has ended
	 * @throws PayloadException if one cannot be read
	 */
	public OpenArguments open(@Nullable Object[] arguments) {
		OpenArguments streams = OpenArguments.NONE;
		try {
			for (int i = 0; i < arguments.length; i++) {
				if (arguments[i] instanceof PayloadReference reference) {
					streams = (streams == OpenArguments.NONE) ? new OpenArguments() : streams;
					arguments[i] = restore(reference, streams, i);
				}
			}
		}
		catch (Throwable ex) {
			streams.close();
			throw ex;
		}
		return streams;
	}

	private Object restore(PayloadReference reference, OpenArguments streams, int index) {
		String label = "argument " + (index + 1);
		StreamedType type = this.types.named(reference.type());
		if (type == null) {
			throw notRead(label, reference, "a type of this name does not travel by reference to the worker", null);
		}
		try {
			return type.restore(reference.copy() ? streams.content(reference) : NamedFile.of(reference));
		}
		catch (IOException | RuntimeException ex) {
			throw notRead(label, reference, ex.toString(), ex);
		}
	}

	private PayloadException notRead(String label, PayloadReference reference, String reason,
			@Nullable Throwable cause) {
		return new PayloadException(this.executor, Direction.TO_WORKER, label, reference.type(),
				"The call cannot be read in a worker of executor '" + this.executor + "': " + label + ", a "
						+ reference.type() + ", cannot be opened: " + reason,
				cause);
	}

	/**
	 * Puts a result into a file if it travels so.
	 * @param result the result, or an {@link Optional} of it
	 * @return a reference to it, or the result itself
	 * @throws PayloadException if it cannot be copied
	 */
	// The identity is what counts: what was not stored is the same object.
	@SuppressWarnings("ReferenceEquality")
	public @Nullable Object store(@Nullable Object result) {
		if (result instanceof Optional<?> optional) {
			Object held = optional.orElse(null);
			Object stored = store(held);
			return (stored == held) ? result : Optional.ofNullable(stored);
		}
		StreamedType type = (result != null) ? this.types.find(result, Object.class) : null;
		return (type != null && result != null) ? reference(type, result) : result;
	}

	private PayloadReference reference(StreamedType type, Object result) {
		String name = type.type().getName();
		try {
			Path named = type.file(result);
			Map<String, String> attributes = type.attributes(result);
			if (named != null) {
				return new PayloadReference(name, false, named.toString(), -1, attributes);
			}
			String file = FileNames.next();
			try (InputStream content = type.open(result)) {
				long length = write(file, content);
				return new PayloadReference(name, true, file, length, attributes);
			}
		}
		catch (IOException | RuntimeException ex) {
			throw new PayloadException(this.executor, Direction.FROM_WORKER, "result", result.getClass().getName(),
					"The result cannot be sent back from a worker of executor '" + this.executor
							+ "': it travels by reference, but " + ex.getMessage(),
					ex);
		}
	}

	private long write(String file, InputStream content) throws IOException {
		return new SpoolWriter(this.directory.open().resolve(file), new Limit(), property("spool-directory"))
			.write(content);
	}

	/**
	 * Removes the file of a result that is not sent. Never throws.
	 * @param stored what {@link #store} has given
	 */
	public void discard(@Nullable Object stored) {
		Object held = (stored instanceof Optional<?> optional) ? optional.orElse(null) : stored;
		try {
			if (held instanceof PayloadReference reference && reference.copy()) {
				PrivateDirectory.delete(this.directory.open().resolve(reference.file()));
			}
		}
		catch (IOException ex) {
			// Without a directory there is no file.
		}
	}

	private String property(String name) {
		return "offload.executors." + this.executor + "." + name;
	}

	/**
	 * What the file of one result may have.
	 */
	private final class Limit implements SpoolWriter.Room {

		private long taken;

		@Override
		public void take(int bytes) throws IOException {
			this.taken += bytes;
			if (this.taken > WorkerSpool.this.maxBytes) {
				throw new IOException("it has more bytes than max-spool-bytes, which is " + WorkerSpool.this.maxBytes
						+ "; raise " + property("max-spool-bytes") + ", or return the Path of a file");
			}
		}

	}

}
