package dev.offload.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with unpacked executable archives, shared by the services of one user.
 *
 * <p>
 * A JVM whose classes lie in nested jars starts half again as slowly as one with a plain
 * class path, and can share no class data. So an archive is unpacked at the first start
 * of a worker, and found by later ones. What is unpacked is complete or not there: it is
 * written under another name and then renamed. One lock file orders those who write; by
 * another one, locked for as long as it lives, a service says that it uses an archive.
 * What no living service uses, and whose archive is gone or has changed, is removed.
 */
final class UnpackedArchives {

	private static final Logger logger = LoggerFactory.getLogger(UnpackedArchives.class);

	private static final String LOCK_SUFFIX = ".lock";

	private static final long LOCK_SECONDS = 60;

	/** The locks by which this JVM says what it uses, held until its end. */
	private static final Map<Path, FileChannel> USED = new ConcurrentHashMap<>();

	private final Path directory;

	/**
	 * Creates one.
	 * @param directory the directory, made at the first use
	 */
	UnpackedArchives(Path directory) {
		this.directory = directory.toAbsolutePath();
	}

	static Path defaultDirectory() {
		return Path.of(System.getProperty("java.io.tmpdir"), "offload-cache-" + System.getProperty("user.name"));
	}

	/**
	 * The class path of a plan. What lies in executable archives is unpacked, if it is
	 * not yet.
	 * @param plan the plan
	 * @return absolute paths
	 * @throws IOException if unpacking fails
	 */
	List<String> classPath(LaunchPlan plan) throws IOException {
		if (plan.locations().stream().noneMatch(LaunchPlan::isNested)) {
			return plan.locations();
		}
		ArchiveUnpacking unpacking = ArchiveUnpacking.of(plan.locations());
		Path unpacked = this.directory.resolve(unpacking.key());
		List<String> classPath = unpacking.classPath(unpacked);
		if (!USED.containsKey(unpacked) || !unpacking.isComplete(unpacked)) {
			prepare(unpacking, unpacked);
		}
		return classPath;
	}

	private void prepare(ArchiveUnpacking unpacking, Path unpacked) throws IOException {
		new CacheDirectory(this.directory).create();
		try (FileChannel channel = open(this.directory.resolve("cache" + LOCK_SUFFIX)); FileLock lock = lock(channel)) {
			logger.trace("Holding {}", lock);
			use(unpacked);
			if (!unpacking.isComplete(unpacked)) {
				unpack(unpacking, unpacked);
			}
			sweep();
		}
	}

	private void unpack(ArchiveUnpacking unpacking, Path unpacked) throws IOException {
		long begin = System.nanoTime();
		FileTree.delete(unpacked);
		Path temporary = Files.createTempDirectory(this.directory, "unpacking-");
		try {
			unpacking.writeTo(temporary);
			Files.move(temporary, unpacked);
		}
		finally {
			FileTree.delete(temporary);
		}
		logger.info("Unpacked the service's archive for its workers into {} in {} ms", unpacked,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
	}

	private static void use(Path unpacked) throws IOException {
		if (USED.containsKey(unpacked)) {
			return;
		}
		FileChannel channel = open(lockFile(unpacked));
		try {
			channel.lock(0, Long.MAX_VALUE, true);
		}
		catch (OverlappingFileLockException ex) {
			logger.trace("Another class loader of this JVM uses it", ex);
		}
		USED.put(unpacked, channel);
	}

	private static Path lockFile(Path unpacked) {
		return unpacked.resolveSibling(unpacked.getFileName() + LOCK_SUFFIX);
	}

	private void sweep() {
		List<Path> candidates = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, Files::isDirectory)) {
			files.forEach(candidates::add);
			for (Path candidate : candidates) {
				if (!USED.containsKey(candidate) && ArchiveUnpacking.isStale(candidate)) {
					removeUnlessUsed(candidate);
				}
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Could not remove all of what is no longer used in {}", this.directory, ex);
		}
	}

	private static void removeUnlessUsed(Path unpacked) throws IOException {
		Path lockFile = lockFile(unpacked);
		try (FileChannel channel = open(lockFile); FileLock lock = channel.tryLock()) {
			if (lock != null) {
				FileTree.delete(unpacked);
				Files.deleteIfExists(lockFile);
				logger.debug("Removed {}, which no service uses", unpacked);
			}
		}
		catch (OverlappingFileLockException ex) {
			logger.trace("Used by this JVM", ex);
		}
	}

	private static FileChannel open(Path file) throws IOException {
		return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
	}

	// A JVM does not wait for a lock that it holds itself, so that is tried again.
	private static @Nullable FileLock lock(FileChannel channel) throws IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOCK_SECONDS);
		while (true) {
			try {
				return channel.lock();
			}
			catch (OverlappingFileLockException ex) {
				if (System.nanoTime() - deadline > 0) {
					throw new IOException("The lock of the cache directory was not free for " + LOCK_SECONDS + " s",
							ex);
				}
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
			}
		}
	}

}
