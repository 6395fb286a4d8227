package dev.offload.spool;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	private final Path path;

	private PrivateDirectory(Path path) {
		this.path = path;
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
		sweep(base);
		ProcessHandle self = ProcessHandle.current();
		Path path = make(base, "offload-" + self.pid() + "-" + started(self) + "-", setting);
		requirePrivate(path, setting);
		return new PrivateDirectory(path);
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
		delete(this.path);
	}

	/**
	 * Removes a file, or a directory with all that is in it. Never throws.
	 * @param path the file or directory
	 */
	public static void delete(Path path) {
		try {
			deleteTree(path);
		}
		catch (IOException ex) {
			logger.debug("Could not remove {}", path, ex);
		}
	}

	private static void sweep(Path base) {
		try (Stream<Path> all = Files.list(base)) {
			all.filter(PrivateDirectory::isLeftBehind).forEach(PrivateDirectory::delete);
		}
		catch (IOException ex) {
			logger.debug("Could not look for what others left in {}", base, ex);
		}
	}

	private static boolean isLeftBehind(Path path) {
		Matcher matcher = NAME.matcher(path.getFileName().toString());
		if (!matcher.matches()) {
			return false;
		}
		try {
			long pid = Long.parseLong(matcher.group(1));
			String started = matcher.group(2);
			return Files.isWritable(path)
					&& ProcessHandle.of(pid).filter((owner) -> started(owner).equals(started)).isEmpty();
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	// A process id may be used again, but not with the same start.
	private static String started(ProcessHandle process) {
		return Long.toString(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
	}

	private static void deleteTree(Path root) throws IOException {
		if (!Files.exists(root)) {
			return;
		}
		Files.walkFileTree(root, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.deleteIfExists(file);
				return FileVisitResult.CONTINUE;
			}

			// the end of a worker may remove the same files at the same time
			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
				if (failure instanceof NoSuchFileException) {
					return FileVisitResult.CONTINUE;
				}
				throw failure;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
					throws IOException {
				Files.deleteIfExists(directory);
				return FileVisitResult.CONTINUE;
			}
		});
	}

}
