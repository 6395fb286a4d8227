package dev.offload.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start-up caches of one user's services, as files of a private directory.
 *
 * <p>
 * A JVM maps such a file as it is and would crash of a broken one. So each has its
 * checksum in its name, which it gets when it is whole, and is read once before it is
 * used by the first worker of a service. One lock orders those who make one, in all
 * services.
 */
final class StartupCaches {

	private static final Logger logger = LoggerFactory.getLogger(StartupCaches.class);

	private static final String PREFIX = "startup-";

	private static final String SUFFIX = ".cache";

	private static final String MAKING = ".making";

	/**
	 * Each takes some ten megabytes; the ones used last are kept, and those used here.
	 */
	private static final int KEPT = 16;

	private static final long LEAST_ROOM_BYTES = 256L * 1024 * 1024;

	private static final long TURN_SECONDS = 60;

	/** One at a time in this JVM, which does not wait for a lock that it holds itself. */
	private static final Semaphore TURN = new Semaphore(1);

	private final Path directory;

	/** What this service has read; it is not looked at again. */
	private final Set<Path> verified = ConcurrentHashMap.newKeySet();

	StartupCaches(Path directory) {
		this.directory = directory.toAbsolutePath();
	}

	/**
	 * Finds one.
	 * @param key what it is for
	 * @return the file, or {@code null} if there is none
	 * @throws IOException if the directory cannot be read, or others can write to it
	 */
	@Nullable Path find(String key) throws IOException {
		if (!Files.isDirectory(this.directory)) {
			return null;
		}
		for (Path file : list(PREFIX + key + "-*" + SUFFIX)) {
			if (this.verified.contains(file)) {
				touch(file);
				return file;
			}
			new CacheDirectory(this.directory).create();
			if (file.equals(named(key, checksum(file)))) {
				touch(file);
				this.verified.add(file);
				return file;
			}
			logger.info("Removed the start-up cache {}, which is not as it was written", file);
			remove(file);
		}
		return null;
	}

	// By its time others see that it is used.
	private static void touch(Path file) {
		try {
			Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
		}
		catch (IOException ex) {
			logger.debug("{} may be removed although it is used", file, ex);
		}
	}

	void remove(Path file) throws IOException {
		this.verified.remove(file);
		Files.deleteIfExists(file);
	}

	/**
	 * Waits for its turn to make one.
	 * @param key what it is for
	 * @return what is to be finished, or {@code null} if somebody else has made it
	 * meanwhile
	 * @throws TurnLostException if others take their turn for too long, or the thread is
	 * interrupted
	 * @throws IOException if there is no room
	 */
	@Nullable Making make(String key) throws IOException {
		new CacheDirectory(this.directory).create();
		long room = Files.getFileStore(this.directory).getUsableSpace();
		if (room < LEAST_ROOM_BYTES) {
			throw new IOException("there are only " + room + " bytes left in " + this.directory);
		}
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TURN_SECONDS);
		Turn turn = Turn.take(this.directory.resolve(PREFIX + "lock"), deadline);
		boolean ours = false;
		try {
			sweep();
			ours = find(key) == null;
			return ours ? new Making(key, this.directory.resolve(PREFIX + key + MAKING), turn) : null;
		}
		finally {
			if (!ours) {
				turn.close();
			}
		}
	}

	// With the turn: what is half made has been left behind.
	private void sweep() throws IOException {
		for (Path left : list(PREFIX + "*" + MAKING + "*")) {
			Files.deleteIfExists(left);
		}
		Map<Path, FileTime> used = new HashMap<>();
		for (Path file : list(PREFIX + "*" + SUFFIX)) {
			used.put(file, Files.getLastModifiedTime(file));
		}
		List<Path> files = new ArrayList<>(used.keySet());
		files.sort(Comparator.comparing(used::get).reversed());
		for (Path old : files.subList(Math.min(KEPT - 1, files.size()), files.size())) {
			if (!this.verified.contains(old)) {
				remove(old);
			}
		}
	}

	private List<Path> list(String pattern) throws IOException {
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.directory, pattern)) {
			found.forEach(files::add);
		}
		return files;
	}

	private Path named(String key, long checksum) {
		return this.directory.resolve(PREFIX + key + "-" + Long.toHexString(checksum) + SUFFIX);
	}

	private static long checksum(Path file) throws IOException {
		CRC32C checksum = new CRC32C();
		byte[] buffer = new byte[128 * 1024];
		try (InputStream input = Files.newInputStream(file)) {
			int read = input.read(buffer);
			while (read >= 0) {
				checksum.update(buffer, 0, read);
				read = input.read(buffer);
			}
		}
		return checksum.getValue();
	}

	/**
	 * One that is being made, by one process of this machine at a time.
	 */
	final class Making {

		private final String key;

		private final Path file;

		private final Turn turn;

		private Making(String key, Path file, Turn turn) {
			this.key = key;
			this.file = file;
			this.turn = turn;
		}

		Path file() {
			return this.file;
		}

		// Has it found by its key if it is whole, and lets others take their turn.
		@Nullable Path finish(boolean whole) {
			try {
				if (whole && Files.exists(this.file)) {
					Path named = named(this.key, checksum(this.file));
					Files.move(this.file, named);
					StartupCaches.this.verified.add(named);
					return named;
				}
				sweep();
			}
			catch (IOException ex) {
				logger.info("A start-up cache for workers could not be kept: {}", ex.toString());
			}
			finally {
				this.turn.close();
			}
			return null;
		}

	}

	/**
	 * It was not possible now, and may be later.
	 */
	static final class TurnLostException extends IOException {

		private static final long serialVersionUID = 1L;

		TurnLostException(String message) {
			super(message);
		}

		TurnLostException(String message, Throwable cause) {
			super(message, cause);
		}

	}

	/**
	 * The right to make one.
	 *
	 * @param channel whose lock is held
	 */
	private record Turn(FileChannel channel) implements AutoCloseable {

		static Turn take(Path file, long deadline) throws IOException {
			try {
				if (!TURN.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
					throw new TurnLostException("another one is being made for very long");
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new TurnLostException("it was interrupted", ex);
			}
			try {
				return new Turn(lock(file, deadline));
			}
			catch (IOException | RuntimeException | Error ex) {
				TURN.release();
				throw ex;
			}
		}

		private static FileChannel lock(Path file, long deadline) throws IOException {
			FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			try {
				while (tryLock(channel) == null) {
					if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
						throw new TurnLostException("another service is making one for very long");
					}
					TimeUnit.MILLISECONDS.sleep(100);
				}
				return channel;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				channel.close();
				throw new TurnLostException("it was interrupted", ex);
			}
			catch (IOException | RuntimeException | Error ex) {
				channel.close();
				throw ex;
			}
		}

		// Another class loader of this JVM may hold it.
		private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
			try {
				return channel.tryLock();
			}
			catch (OverlappingFileLockException ex) {
				return null;
			}
		}

		@Override
		public void close() {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				logger.debug("The lock of the start-up caches could not be closed", ex);
			}
			finally {
				TURN.release();
			}
		}

	}

}
