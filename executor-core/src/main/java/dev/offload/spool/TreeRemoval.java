package dev.offload.spool;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Removes files and directories with all that is in them, as far as that is possible. No
 * link is followed where the system has means against those that are put there meanwhile.
 * Used by one thread, once.
 */
final class TreeRemoval {

	/** Each level is a directory that is open. */
	private static final int MAX_DEPTH = 100;

	private @Nullable IOException first;

	private TreeRemoval() {
	}

	// Goes on after a failure, and throws the first one in the end.
	static void remove(Path path) throws IOException {
		try {
			Files.deleteIfExists(path);
			return;
		}
		catch (DirectoryNotEmptyException ex) {
			// removed below
		}
		TreeRemoval removal = new TreeRemoval();
		Path absolute = path.toAbsolutePath();
		try (DirectoryStream<Path> parent = Files.newDirectoryStream(absolute.getParent())) {
			if (parent instanceof SecureDirectoryStream<Path> secure) {
				removal.entry(secure, absolute.getFileName(), 0);
			}
			else {
				removal.walk(absolute);
			}
		}
		removal.finish();
	}

	// Removes what is in an open directory.
	static void removeContent(SecureDirectoryStream<Path> directory) throws IOException {
		TreeRemoval removal = new TreeRemoval();
		removal.content(directory, 0);
		removal.finish();
	}

	private void finish() throws IOException {
		if (this.first != null) {
			throw this.first;
		}
	}

	// The end of a worker may remove the same files at the same time.
	private void failed(IOException failure) {
		if (this.first == null && !(failure instanceof NoSuchFileException)) {
			this.first = failure;
		}
	}

	private void entry(SecureDirectoryStream<Path> parent, Path name, int depth) {
		try {
			if (attributes(parent, name).isDirectory()) {
				directory(parent, name, depth);
				parent.deleteDirectory(name);
			}
			else {
				parent.deleteFile(name);
			}
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	private static BasicFileAttributes attributes(SecureDirectoryStream<Path> parent, Path name) throws IOException {
		return parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
			.readAttributes();
	}

	private void directory(SecureDirectoryStream<Path> parent, Path name, int depth) throws IOException {
		if (depth >= MAX_DEPTH) {
			throw new IOException("More than " + MAX_DEPTH + " directories in each other");
		}
		try (SecureDirectoryStream<Path> directory = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
			content(directory, depth + 1);
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	private void content(SecureDirectoryStream<Path> directory, int depth) {
		try {
			for (Path each : directory) {
				entry(directory, each.getFileName(), depth);
			}
		}
		catch (DirectoryIteratorException ex) {
			IOException cause = ex.getCause();
			failed((cause != null) ? cause : new IOException(ex));
		}
	}

	private void walk(Path root) throws IOException {
		Files.walkFileTree(root, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				return delete(file);
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) {
				failed(failure);
				return delete(file);
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
				if (failure != null) {
					failed(failure);
				}
				return delete(directory);
			}
		});
	}

	private FileVisitResult delete(Path path) {
		try {
			Files.deleteIfExists(path);
		}
		catch (IOException ex) {
			failed(ex);
		}
		return FileVisitResult.CONTINUE;
	}

}
