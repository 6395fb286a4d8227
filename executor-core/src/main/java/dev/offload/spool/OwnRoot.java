package dev.offload.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * A directory that is made for a spool, and removed with it. Safe for use by many
 * threads.
 */
final class OwnRoot implements SpoolRoot {

	private final Path base;

	private final String setting;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private @Nullable PrivateDirectory directory;

	/** Guarded by the lock: what comes late must make nothing. */
	private boolean closed;

	OwnRoot(Path base, String setting) {
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

	void close() {
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
