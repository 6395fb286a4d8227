package dev.offload.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * A private directory that is made with the first file, and removed with the executor it
 * is for. Safe for use by many threads.
 */
public final class OwnRoot implements SpoolRoot {

	private final Path base;

	private final String setting;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private @Nullable PrivateDirectory directory;

	/** Guarded by the lock: what comes late must make nothing. */
	private boolean closed;

	/**
	 * Creates one; no directory is made yet.
	 * @param base where to make it
	 * @param setting what says where, for messages
	 */
	public OwnRoot(Path base, String setting) {
		this.base = base;
		this.setting = setting;
	}

	@Override
	public Path open() throws IOException {
		this.lock.lock();
		try {
			if (this.closed) {
				throw new IOException("The executor is closed");
			}
			PrivateDirectory made = this.directory;
			if (made == null) {
				made = PrivateDirectory.create(this.base, this.setting);
				this.directory = made;
			}
			return made.path();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Removes the directory with all that is in it; no other is made.
	 */
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			if (this.directory != null) {
				this.directory.delete();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
