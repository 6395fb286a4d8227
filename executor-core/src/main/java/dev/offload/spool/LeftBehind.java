package dev.offload.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes directories that services left behind which are gone. The place may be open to
 * all users of the machine, so only what is of this user, and private, is touched. Used
 * by one thread.
 */
final class LeftBehind {

	private static final Logger logger = LoggerFactory.getLogger(LeftBehind.class);

	private static final Set<OpenOption> LOCKED = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

	private final Path base;

	private final UserPrincipal owner;

	// What is of the owner of a directory of ours is ours.
	LeftBehind(Path own) throws IOException {
		this.base = Objects.requireNonNull(own.getParent(), "parent");
		this.owner = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
	}

	void sweep() throws IOException {
		try (DirectoryStream<Path> all = Files.newDirectoryStream(this.base, PrivateDirectory::isOfOneWhoIsGone)) {
			for (Path each : all) {
				try {
					if (all instanceof SecureDirectoryStream<Path> secure) {
						sweep(secure, each.getFileName());
					}
					else {
						sweep(each);
					}
				}
				catch (IOException ex) {
					logger.debug("Could not remove {}", each, ex);
				}
			}
		}
	}

	// What is looked at is what is removed, whatever is put in its place meanwhile.
	private void sweep(SecureDirectoryStream<Path> parent, Path name) throws IOException {
		try (SecureDirectoryStream<Path> directory = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
			PosixFileAttributes attributes = directory.getFileAttributeView(PosixFileAttributeView.class)
				.readAttributes();
			if (!attributes.owner().equals(this.owner) || !attributes.permissions().equals(PrivateDirectory.OWNER_ONLY)
					|| isHeld(() -> directory.newByteChannel(Path.of(PrivateDirectory.LOCK), LOCKED))) {
				return;
			}
			TreeRemoval.removeContent(directory);
		}
		parent.deleteDirectory(name);
	}

	private void sweep(Path path) throws IOException {
		if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
				&& Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(this.owner) && isPrivate(path)
				&& !isHeld(() -> Files.newByteChannel(path.resolve(PrivateDirectory.LOCK), LOCKED))) {
			TreeRemoval.remove(path);
		}
	}

	private static boolean isPrivate(Path path) throws IOException {
		return !path.getFileSystem().supportedFileAttributeViews().contains("posix")
				|| Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(PrivateDirectory.OWNER_ONLY);
	}

	// Who lives holds the lock, be it in a container where its process has another
	// number.
	private static boolean isHeld(Opening opening) throws IOException {
		try (SeekableByteChannel channel = opening.open()) {
			if (!(channel instanceof FileChannel file)) {
				return true;
			}
			try (FileLock lock = file.tryLock()) {
				return lock == null;
			}
		}
		catch (OverlappingFileLockException ex) {
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/**
	 * Opens the file that is locked.
	 */
	@FunctionalInterface
	private interface Opening {

		SeekableByteChannel open() throws IOException;

	}

}
