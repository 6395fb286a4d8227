package dev.offload.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.offload.spool.OwnRoot;

/**
 * Where the memory is that a pool shares with its workers. It is in memory: to write into
 * a mapped file on a disk may take as long as the disk, while the whole JVM waits. Safe
 * for use by many threads.
 */
final class MemoryDirectory {

	private static final Path SHARED = Path.of("/dev/shm");

	private final OwnRoot own = new OwnRoot(SHARED, "worker.transport");

	// The file for one slot: beside what else belongs to its worker, if that is in
	// memory.
	Path file(Worker worker, int slot) throws IOException {
		if (isInMemory(worker.directory())) {
			return worker.directory().resolve("m" + slot);
		}
		if (!Files.isWritable(SHARED) || !isInMemory(SHARED)) {
			throw new IOException("Neither java.io.tmpdir nor " + SHARED + " is in memory");
		}
		return this.own.open().resolve("m" + worker.number() + "-" + slot);
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

	void close() {
		this.own.close();
	}

}
