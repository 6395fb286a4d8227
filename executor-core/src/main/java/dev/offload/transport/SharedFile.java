package dev.offload.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

import dev.offload.protocol.ProtocolException;

/**
 * A file that the two sides of a connection have in their memory: in its first page the
 * counters of two rings, then their bytes. Its maker removes its name as soon as both
 * have it, and gives its memory back in the end.
 */
final class SharedFile implements Closeable {

	/**
	 * More than 1 MiB, with what belongs to a message of so much. Small enough to stay in
	 * the caches of a processor.
	 */
	static final int RING_BYTES = 1024 * 1024 + 64 * 1024;

	private static final int PAGE = 4096;

	private static final int LENGTH = PAGE + 2 * RING_BYTES;

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	/** The counters of a ring are apart, as one of them is written by each side. */
	private static final int COUNTERS = 1024;

	private final Path path;

	private final RandomAccessFile file;

	private final MappedByteBuffer memory;

	private final boolean isMaker;

	private SharedFile(Path path, RandomAccessFile file, boolean isMaker) throws IOException {
		this.isMaker = isMaker;
		this.path = path;
		this.file = file;
		this.memory = file.getChannel().map(MapMode.READ_WRITE, 0, LENGTH);
	}

	/**
	 * Makes it. All of it is written, for where there is no room left for what is in the
	 * memory of a process, the process gets no exception.
	 * @param path where
	 * @return the file
	 * @throws IOException if there is no room, or the thread is interrupted
	 */
	static SharedFile make(Path path) throws IOException {
		Files.createFile(path, OWNER_ONLY);
		RandomAccessFile file = opened(path);
		try {
			byte[] zeros = new byte[PAGE];
			for (int written = 0; written < LENGTH; written += PAGE) {
				file.write(zeros);
			}
			return new SharedFile(path, file, true);
		}
		catch (IOException | RuntimeException | Error ex) {
			file.close();
			Files.deleteIfExists(path);
			throw ex;
		}
	}

	private static RandomAccessFile opened(Path path) throws IOException {
		try {
			return new RandomAccessFile(path.toFile(), "rw");
		}
		catch (IOException ex) {
			Files.deleteIfExists(path);
			throw ex;
		}
	}

	/**
	 * Has the file of the other side in the memory of this one.
	 * @param path where it is
	 * @return the file
	 * @throws IOException if it is not there or not what it should be
	 */
	static SharedFile open(Path path) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
			if (file.length() != LENGTH) {
				throw new IOException(path + " has " + file.length() + " bytes");
			}
			return new SharedFile(path, file, false);
		}
	}

	// For its maker, around each use: the other side may have cut it off, which the JVM
	// tells late, in whatever the thread does next.
	void requireWhole() throws IOException {
		if (this.isMaker && this.file.length() != LENGTH) {
			throw new ProtocolException("The other side has cut off the memory that both share");
		}
	}

	// From its maker to the other side, or back.
	Ring ring(boolean there) {
		int number = there ? 0 : 1;
		return new Ring(this, this.memory.slice(number * COUNTERS, COUNTERS),
				this.memory.slice(PAGE + number * RING_BYTES, RING_BYTES));
	}

	// The name only: what it names stays.
	void removeName() throws IOException {
		Files.deleteIfExists(this.path);
	}

	// For its maker, when nobody uses the memory any more.
	@Override
	public void close() throws IOException {
		try (RandomAccessFile made = this.file) {
			removeName();
			made.setLength(0);
		}
	}

	/**
	 * The memory of one direction.
	 *
	 * @param file what it is in
	 * @param counters how much was written and read
	 * @param bytes what was written and not read yet
	 */
	record Ring(SharedFile file, ByteBuffer counters, ByteBuffer bytes) {

	}

}
