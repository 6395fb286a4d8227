package dev.offload.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that nobody but this user can write to: workers run what is in it.
 *
 * @param path where it is
 */
record CacheDirectory(Path path) {

	private static final Logger logger = LoggerFactory.getLogger(CacheDirectory.class);

	/**
	 * Makes it if it is not there, and checks it.
	 * @throws IOException if it cannot be made, or others can write to it
	 */
	void create() throws IOException {
		if (!Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)) {
			Files.createDirectories(this.path.getParent());
			try {
				Files.createDirectory(this.path);
				if (isPosix()) {
					Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx------"));
				}
			}
			catch (FileAlreadyExistsException ex) {
				logger.trace("Another service has created it", ex);
			}
		}
		check();
	}

	private void check() throws IOException {
		if (!Files.isDirectory(this.path, LinkOption.NOFOLLOW_LINKS) || !Files.isWritable(this.path)) {
			throw new IOException("The cache directory " + this.path + " is not a directory that can be written to");
		}
		if (isPosix()) {
			var permissions = Files.getPosixFilePermissions(this.path);
			if (permissions.contains(PosixFilePermission.GROUP_WRITE)
					|| permissions.contains(PosixFilePermission.OTHERS_WRITE) || !isOurs()) {
				throw new IOException("The cache directory " + this.path
						+ " can be written to by other users: remove it, or use another one");
			}
		}
	}

	private boolean isOurs() throws IOException {
		Path probe = Files.createTempFile(this.path, "owner", null);
		try {
			return Files.getOwner(probe).equals(Files.getOwner(this.path));
		}
		finally {
			Files.delete(probe);
		}
	}

	private boolean isPosix() throws IOException {
		return Files.getFileStore(this.path).supportsFileAttributeView("posix");
	}

}
