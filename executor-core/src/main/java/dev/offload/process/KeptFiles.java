package dev.offload.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Files that tell what went wrong, kept for people to read: only their owner can, and of
 * each kind the newest twenty are kept. Safe for use by many threads.
 */
public final class KeptFiles {

	private static final int KEPT = 20;

	private static final FileAttribute<?>[] OWNER_ONLY = {
			PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) };

	/** So many files of one worker are looked for a free name. */
	private static final int MAX_NUMBER = 10_000;

	private final Path directory;

	private final String prefix;

	private final String suffix;

	/**
	 * Names a kind of files.
	 * @param directory the directory in which they are
	 * @param prefix how their names begin
	 * @param suffix how their names end
	 */
	KeptFiles(Path directory, String prefix, String suffix) {
		this.directory = directory;
		this.prefix = prefix;
		this.suffix = suffix;
	}

	/**
	 * The dumps of threads, {@code offload-dump-<executor>-<pid>-<n>.txt} in
	 * {@code java.io.tmpdir}.
	 * @return the kind
	 */
	public static KeptFiles threadDumps() {
		return new KeptFiles(Path.of(System.getProperty("java.io.tmpdir")), "offload-dump-", ".txt");
	}

	/**
	 * Writes a new file and removes what is too old.
	 * @param name what its name has between prefix and number
	 * @param text what is in it
	 * @return the file
	 * @throws IOException if it cannot be written
	 */
	public Path write(String name, String text) throws IOException {
		Path file = create(name);
		Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
		removeOld();
		return file;
	}

	// Only one that was not there: another user may have put a link in its place.
	private Path create(String name) throws IOException {
		for (int number = 1; number < MAX_NUMBER; number++) {
			try {
				Path file = this.directory.resolve(this.prefix + name + "-" + number + this.suffix);
				return Files.createFile(file, ownerOnly(file));
			}
			catch (FileAlreadyExistsException ex) {
				// The next number.
			}
		}
		throw new IOException("There are " + MAX_NUMBER + " files " + this.prefix + name + " in " + this.directory);
	}

	static FileAttribute<?>[] ownerOnly(Path file) {
		return file.getFileSystem().supportedFileAttributeViews().contains("posix") ? OWNER_ONLY
				: new FileAttribute<?>[0];
	}

	/**
	 * Moves a file here and removes what is too old.
	 * @param file the file
	 * @param name what its name is to have between prefix and suffix
	 * @return where it is now
	 * @throws IOException if it cannot be moved
	 */
	Path keep(Path file, String name) throws IOException {
		Path kept = this.directory.resolve(this.prefix + name + this.suffix);
		restrictToOwner(file.toFile());
		Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
		removeOld();
		return kept;
	}

	// It tells of environment and memory, and lies where everybody can look.
	private static void restrictToOwner(File file) throws IOException {
		if (!file.setReadable(false, false) || !file.setReadable(true, true)) {
			throw new IOException("The file " + file + " cannot be made private");
		}
	}

	private void removeOld() throws IOException {
		List<Path> files = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.directory, this.prefix + "*" + this.suffix)) {
			found.forEach(files::add);
		}
		files.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed());
		for (Path file : files.subList(Math.min(KEPT, files.size()), files.size())) {
			Files.deleteIfExists(file);
		}
	}

}
