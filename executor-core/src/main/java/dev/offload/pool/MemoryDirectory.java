package dev.offload.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.spool.PrivateDirectory;

/**
 * The directory for the memory that a pool shares with its workers. It is in memory: to
 * write into a mapped file on a disk may take as long as the disk, while the whole JVM
 * waits. Safe for use by many threads.
 */
final class MemoryDirectory {

	private static final Path SHARED = Path.of("/dev/shm");

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock; null while none is needed. */
	private @Nullable PrivateDirectory directory;

	/** Guarded by the lock. */
	private boolean closed;

	// The file for one slot: beside what else belongs to its worker, if that is in
	// memory.
	Path file(Worker worker, int slot) throws IOException {
		if (isInMemory(worker.directory())) {
			return worker.directory().resolve("m" + slot);
		}
		return open().resolve("m" + worker.number() + "-" + slot);
	}

	// Not if that cannot be told, as in some containers.
	private static boolean isInMemory(Path directory) {
		try {
			return Files.getFileStore(directory).type().equals("tmpfs");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private Path open() throws IOException {
		this.lock.lock();
		try {
			PrivateDirectory known = this.directory;
			if (known == null) {
				if (this.closed || !Files.isWritable(SHARED) || !isInMemory(SHARED)) {
					throw new IOException("Neither java.io.tmpdir nor " + SHARED + " is in memory");
				}
				known = PrivateDirectory.create(SHARED, "worker.transport");
				this.directory = known;
			}
			return known.path();
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
