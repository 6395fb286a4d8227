package dev.offload.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.OutputRedactor;

/**
 * The report that a JVM writes when it crashes ({@code hs_err_<pid>.log}). The worker
 * writes it into its own directory, which is removed after its end, so it is kept as
 * {@code offload-crash-<executor>-<pid>.log} in the service's {@code java.io.tmpdir}. The
 * newest twenty are kept there.
 *
 * @param file where it is kept
 * @param summary its first lines
 */
record ErrorFile(Path file, String summary) {

	private static final int SUMMARY_LINES = 30;

	private static final int SUMMARY_CHARACTERS = 4096;

	private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z]+) \\(", Pattern.MULTILINE);

	/**
	 * Finds and keeps the report of a worker.
	 * @param directory the worker's directory
	 * @param executor the name of its executor
	 * @param keep the directory in which to keep it
	 * @return the report, or {@code null} if the worker has written none
	 */
	static @Nullable ErrorFile find(Path directory, String executor, Path keep) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "hs_err_*.log")) {
			for (Path file : files) {
				String summary = summary(file);
				return new ErrorFile(keep(file, executor, keep), summary);
			}
		}
		catch (IOException | RuntimeException ex) {
			// The directory is gone, or cannot be read: the death is told without a
			// report.
		}
		return null;
	}

	/**
	 * The signal that the JVM got.
	 * @return its name, or {@code null} if it stopped for another reason
	 */
	@Nullable String signal() {
		Matcher matcher = SIGNAL.matcher(this.summary);
		return matcher.find() ? matcher.group(1) : null;
	}

	/**
	 * Its first lines for others to see.
	 * @param redactor what each line passes
	 * @return the lines
	 */
	String summary(OutputRedactor redactor) {
		return this.summary.lines().map(redactor::redact).collect(Collectors.joining("\n", "", "\n"));
	}

	/**
	 * Whether the JVM could not get memory from the system.
	 * @return whether that is so
	 */
	boolean isOutOfMemory() {
		return this.summary.contains("insufficient memory for the Java Runtime Environment");
	}

	private static Path keep(Path file, String executor, Path keep) {
		String name = file.getFileName().toString().replace("hs_err_", executor + "-").replace(".log", "");
		try {
			return new KeptFiles(keep, "offload-crash-", ".log").keep(file, name);
		}
		catch (IOException | RuntimeException ex) {
			return file;
		}
	}

	private static String summary(Path file) throws IOException {
		StringBuilder summary = new StringBuilder();
		// Bytes of no encoding in particular can be in it, and none may make reading
		// fail.
		try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
			String line = reader.readLine();
			for (int i = 0; i < SUMMARY_LINES && line != null; i++) {
				summary.append(line).append('\n');
				line = reader.readLine();
			}
		}
		summary.setLength(Math.min(summary.length(), SUMMARY_CHARACTERS));
		return summary.toString();
	}

}
