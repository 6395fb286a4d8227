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
import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that tell what went wrong, kept for people to read: only their owner can, and of
 * each kind the newest twenty are kept. Safe for use by many threads.
 */
public final class KeptFiles {

	private static final Logger logger = LoggerFactory.getLogger(KeptFiles.class);

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

	// The times are read once: they may change while files are put in order. What cannot
	// be removed, of another user say, keeps nothing else.
	private void removeOld() throws IOException {
		Map<Path, Long> times = new HashMap<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.directory, this.prefix + "*" + this.suffix)) {
			found.forEach((file) -> times.put(file, file.toFile().lastModified()));
		}
		times.entrySet()
			.stream()
			.sorted(Map.Entry.<Path, Long>comparingByValue().reversed())
			.skip(KEPT)
			.forEach((file) -> remove(file.getKey()));
	}

	private static void remove(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			logger.debug("The old file {} cannot be removed", file, ex);
		}
	}

}
