package dev.offload.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of one pool or one spool, for its user only. Its name says which process
 * made it, so that what a killed service left is found when the next one is made.
 */
public final class PrivateDirectory {

	private static final Logger logger = LoggerFactory.getLogger(PrivateDirectory.class);

	private static final Pattern NAME = Pattern.compile("offload-(\\d+)-(\\d+)-.*");

	/** Paths of sockets are limited to about 104 bytes. */
	private static final int MAX_BASE_LENGTH = 60;

	static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	/** A file in it that is locked as long as its service lives. */
	static final String LOCK = ".lock";

	/** Those of this process, for the start of a process moves with the clock. */
	private static final Set<String> own = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final @Nullable FileLock lock;

	private PrivateDirectory(Path path, @Nullable FileLock lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Makes one where the path of a socket in it is short enough, and removes those left
	 * behind there by services that are gone.
	 * @return the directory
	 * @throws IOException if that is not possible; the message says where
	 */
	public static PrivateDirectory create() throws IOException {
		return create(base(), "java.io.tmpdir");
	}

	/**
	 * Makes one, and removes those left behind beside it by services that are gone.
	 * @param base where
	 * @param setting what says where, for messages
	 * @return the directory
	 * @throws IOException if that is not possible; the message says where
	 */
	public static PrivateDirectory create(Path base, String setting) throws IOException {
		ProcessHandle self = ProcessHandle.current();
		Path path = make(base, "offload-" + self.pid() + "-" + started(self) + "-", setting);
		requirePrivate(path, setting);
		own.add(path.getFileName().toString());
		PrivateDirectory made = new PrivateDirectory(path, lock(path));
		sweep(path);
		return made;
	}

	// The end of the process gives it back. Not every file system has locks.
	private static @Nullable FileLock lock(Path path) {
		try {
			FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW,
					StandardOpenOption.WRITE);
			return channel.tryLock();
		}
		catch (IOException ex) {
			logger.debug("Could not lock {}", path, ex);
			return null;
		}
	}

	private static Path make(Path base, String prefix, String setting) throws IOException {
		try {
			return Files.createTempDirectory(base, prefix);
		}
		catch (IOException ex) {
			throw new IOException("Cannot make a directory for workers in " + base + ": " + ex.getMessage()
					+ ". Make that possible, or set " + setting + " to another place", ex);
		}
	}

	private static Path base() {
		Path base = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
		boolean fits = base.toString().length() <= MAX_BASE_LENGTH;
		return (fits || !Files.isWritable(Path.of("/tmp"))) ? base : Path.of("/tmp");
	}

	private static void requirePrivate(Path path, String setting) throws IOException {
		if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return;
		}
		Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
		if (!OWNER_ONLY.containsAll(permissions)) {
			throw new IOException("The directory " + path + " is not private but "
					+ PosixFilePermissions.toString(permissions) + "; set " + setting + " to another place");
		}
	}

	/**
	 * Where it is.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Removes it with all that is in it.
	 */
	public void delete() {
		unlock();
		delete(this.path);
		own.remove(this.path.getFileName().toString());
	}

	private void unlock() {
		try {
			if (this.lock != null) {
				this.lock.acquiredBy().close();
			}
		}
		catch (IOException ex) {
			logger.debug("Could not unlock {}", this.path, ex);
		}
	}

	/**
	 * Removes a file, or a directory with all that is in it, as far as that is possible.
	 * Never throws.
	 * @param path the file or directory
	 * @return whether it is gone
	 */
	public static boolean delete(Path path) {
		try {
			TreeRemoval.remove(path);
			return true;
		}
		catch (NoSuchFileException ex) {
			return true;
		}
		catch (IOException ex) {
			logger.warn("Could not remove all of {}", path, ex);
			return false;
		}
	}

	private static void sweep(Path own) {
		try {
			new LeftBehind(own).sweep();
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("Could not look for what others left beside {}", own, ex);
		}
	}

	// Whether its name says that it was made by a process that is gone.
	static boolean isOfOneWhoIsGone(Path path) {
		String name = path.getFileName().toString();
		Matcher matcher = NAME.matcher(name);
		if (!matcher.matches() || own.contains(name)) {
			return false;
		}
		try {
			long pid = Long.parseLong(matcher.group(1));
			String started = matcher.group(2);
			return ProcessHandle.of(pid).filter((owner) -> started(owner).equals(started)).isEmpty();
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	// A process id may be used again, but not with the same start.
	private static String started(ProcessHandle process) {
		return Long.toString(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
	}

}
