package dev.offload.spool;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import dev.offload.codec.PayloadReference;
import dev.offload.spi.StreamedContent;

/**
 * What one task in a worker has open of its arguments. Safe for use by many threads, for
 * tasks have some.
 */
public final class OpenArguments {

	/**
	 * Of a task whose arguments all travelled in its payload.
	 */
	static final OpenArguments NONE = new OpenArguments();

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final List<InputStream> open = new ArrayList<>();

	/** Guarded by the lock. */
	private boolean closed;

	OpenArguments() {
	}

	StreamedContent content(PayloadReference reference) {
		return new Argument(Path.of(reference.file()), reference.length(), reference.attributes());
	}

	private InputStream open(Path file) throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new IOException("The task has ended, and its argument with it");
			}
			InputStream stream = new BufferedInputStream(Files.newInputStream(file));
			this.open.add(stream);
			return stream;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Closes all that is open still, for the task has ended.
	 */
	public void close() {
		if (this == NONE) {
			return;
		}
		this.lock.lock();
		try {
			this.closed = true;
			for (InputStream stream : this.open) {
				close(stream);
			}
			this.open.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void close(InputStream stream) {
		try {
			stream.close();
		}
		catch (IOException ex) {
			// It was only read.
		}
	}

	/**
	 * The file of an argument, which its service removes after the task.
	 */
	private final class Argument implements StreamedContent {

		private final Path file;

		private final long length;

		private final Map<String, String> attributes;

		Argument(Path file, long length, Map<String, String> attributes) {
			this.file = file;
			this.length = length;
			this.attributes = attributes;
		}

		@Override
		public Path file() {
			return this.file;
		}

		@Override
		public boolean isCopy() {
			return true;
		}

		@Override
		public boolean isReadOnce() {
			return false;
		}

		@Override
		public long length() {
			return this.length;
		}

		@Override
		public Map<String, String> attributes() {
			return this.attributes;
		}

		@Override
		public InputStream open() throws IOException {
			return OpenArguments.this.open(this.file);
		}

	}

}
