package dev.offload.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of one worker's output, {@code <executor>-<number>.log}, which its owner only
 * can read. At 10 MB it becomes {@code <executor>-<number>.log.1} and another is begun,
 * as for a file that is there before. Of each executor the newest hundred are kept. Used
 * by one thread.
 */
final class OutputFile implements OutputPump.Target {

	static final int MAX_BYTES = 10 * 1024 * 1024;

	static final int KEPT = 100;

	private static final Logger logger = LoggerFactory.getLogger(OutputFile.class);

	private final Path directory;

	private final String executor;

	private final Path file;

	private @Nullable OutputStream out;

	private int written;

	private boolean failed;

	OutputFile(Path directory, String executor, int number) {
		this.directory = directory;
		this.executor = executor;
		this.file = directory.resolve(executor + "-" + number + ".log");
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
		}
	}

	private OutputStream open(int more) throws IOException {
		OutputStream known = this.out;
		if (known != null && this.written + more <= MAX_BYTES) {
			return known;
		}
		close();
		if (Files.exists(this.file)) {
			Files.move(this.file, this.file.resolveSibling(this.file.getFileName() + ".1"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		removeOld();
		// Only one that was not there: another user may have put a link in its place.
		Files.createFile(this.file, KeptFiles.ownerOnly(this.file));
		OutputStream opened = Files.newOutputStream(this.file, StandardOpenOption.WRITE);
		this.out = opened;
		this.written = 0;
		return opened;
	}

	private void removeOld() throws IOException {
		Pattern names = Pattern.compile(Pattern.quote(this.executor) + "-\\d+\\.log(\\.1)?");
		List<Path> old;
		try (Stream<Path> files = Files.list(this.directory)) {
			old = files.filter((each) -> names.matcher(each.getFileName().toString()).matches())
				.sorted(Comparator.comparingLong((Path each) -> each.toFile().lastModified()).reversed())
				.skip(KEPT - 1)
				.toList();
		}
		for (Path each : old) {
			Files.deleteIfExists(each);
		}
	}

}
