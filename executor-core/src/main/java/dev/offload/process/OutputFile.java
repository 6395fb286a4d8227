package dev.offload.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of one worker's output, {@code <executor>-<number>.log}, which its owner only
 * can read. At 10 MB it becomes {@code <executor>-<number>.log.1} and another is begun,
 * as for a file that is there before. Of each executor the newest hundred are kept, and
 * those that are being written. Used by one thread.
 */
final class OutputFile implements OutputPump.Target {

	static final int MAX_BYTES = 10 * 1024 * 1024;

	static final int KEPT = 100;

	private static final Logger logger = LoggerFactory.getLogger(OutputFile.class);

	/** Those that are being written, by any worker of this JVM. */
	private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

	private final Path directory;

	private final String executor;

	private final Path file;

	private @Nullable OutputStream out;

	private int written;

	private boolean failed;

	OutputFile(Path directory, String executor, int number) {
		this.directory = directory.toAbsolutePath();
		this.executor = executor;
		this.file = this.directory.resolve(executor + "-" + number + ".log");
	}

	@Override
	public void accept(String line) {
		byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
		try {
			open(bytes.length).write(bytes);
			this.written += bytes.length;
			this.failed = false;
		}
		catch (IOException ex) {
			if (!this.failed) {
				logger.warn("What a worker prints cannot be written to {} (worker.log-directory)", this.file, ex);
			}
			this.failed = true;
		}
	}

	@Override
	public void close() {
		try {
			if (this.out != null) {
				this.out.close();
			}
		}
		catch (IOException ex) {
			logger.debug("Closing {} failed", this.file, ex);
		}
		finally {
			this.out = null;
			OPEN.remove(this.file);
		}
	}

	private OutputStream open(int more) throws IOException {
		OutputStream known = this.out;
		if (known != null && this.written + more <= MAX_BYTES) {
			return known;
		}
		close();
		OutputStream opened = create();
		OPEN.add(this.file);
		this.out = opened;
		this.written = 0;
		removeOld();
		return opened;
	}

	private OutputStream create() throws IOException {
		if (Files.exists(this.file, LinkOption.NOFOLLOW_LINKS)) {
			Files.move(this.file, this.file.resolveSibling(this.file.getFileName() + ".1"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		// Only one that was not there: another user may have put a link in its place.
		return Channels.newOutputStream(Files.newByteChannel(this.file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), KeptFiles.ownerOnly(this.file)));
	}

	// What it cannot remove keeps nobody from writing.
	private void removeOld() {
		Pattern names = Pattern.compile(Pattern.quote(this.executor) + "-\\d+\\.log(\\.1)?");
		List<Aged> files;
		try (Stream<Path> all = Files.list(this.directory)) {
			files = all.filter((each) -> names.matcher(each.getFileName().toString()).matches())
				.map((each) -> new Aged(each, each.toFile().lastModified(), OPEN.contains(each)))
				.toList();
		}
		catch (IOException | UncheckedIOException ex) {
			logger.debug("Old files in {} cannot be found", this.directory, ex);
			return;
		}
		long open = files.stream().filter(Aged::open).count();
		files.stream()
			.filter((each) -> !each.open())
			.sorted(Comparator.comparingLong(Aged::modified).reversed())
			.skip(Math.max(0, KEPT - open))
			.forEach((each) -> remove(each.file()));
	}

	private static void remove(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			logger.debug("{} cannot be removed", file, ex);
		}
	}

	/**
	 * A file as it was when the old ones were looked for, for it may change meanwhile.
	 *
	 * @param file the file
	 * @param modified when it was written last
	 * @param open whether it is being written
	 */
	private record Aged(Path file, long modified, boolean open) {

	}

}
