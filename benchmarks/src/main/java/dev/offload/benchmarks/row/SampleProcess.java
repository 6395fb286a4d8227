package dev.offload.benchmarks.row;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sample, run from its executable jar in a directory of its own, of which the log is
 * read.
 */
final class SampleProcess implements AutoCloseable {

	private static final Pattern READY = Pattern
		.compile("Executor '(\\w+)': worker \\d+ pid (\\d+) is ready after (\\d+) ms");

	private static final String MADE = "made a start-up cache";

	private static final int EXECUTORS = 4;

	private static final long SECONDS = 60;

	/** Two of the executors have the same options. */
	private static final int GROUPS = 3;

	private final Path directory;

	private final Process process;

	private final BufferedReader log;

	/** The lines that tell of a worker that is ready. */
	private final List<Matcher> ready = new ArrayList<>();

	private int caches;

	private SampleProcess(Path directory, Process process) {
		this.directory = directory;
		this.process = process;
		this.log = process.inputReader();
	}

	static SampleProcess start(Path jar, String startupCache) throws IOException {
		Path directory = Files.createTempDirectory("sample");
		Path temporary = Files.createDirectory(directory.resolve("tmp"));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-Djava.io.tmpdir=" + temporary, "-jar", jar.toString(), "--server.port=0",
				"--sample.directory=" + directory.resolve("data"),
				"--offload.defaults.worker.startup-cache=" + startupCache, "--offload.executors.pdf.max-workers=1",
				"--offload.executors.pdf.min-workers=1")
			.redirectErrorStream(true)
			.start();
		SampleProcess sample = new SampleProcess(directory, process);
		sample.readUntil(() -> sample.ready.size() >= EXECUTORS, "the workers of all executors");
		return sample;
	}

	// The cache of each group of executors with the same class path and options.
	void awaitCaches() throws IOException {
		readUntil(() -> this.caches >= GROUPS, "the start-up caches of all executors");
	}

	// Kills the worker of an executor; gives how long the next one took, in nanoseconds.
	long replace(String executor) throws IOException {
		long pid = pid(executor);
		ProcessHandle.of(pid).orElseThrow().destroyForcibly();
		readUntil(() -> pid(executor) != pid, "another worker of '" + executor + "'");
		return Long.parseLong(last(executor).group(3)) * 1_000_000;
	}

	double resident(String executor) throws IOException {
		return IdleRow.kibibytes(pid(executor), "Rss") / 1024.0;
	}

	private long pid(String executor) {
		return Long.parseLong(last(executor).group(2));
	}

	private Matcher last(String executor) {
		return this.ready.stream()
			.filter((line) -> line.group(1).equals(executor))
			.reduce((earlier, later) -> later)
			.orElseThrow();
	}

	// A sample that says nothing for so long is ended, and so is its log.
	private void readUntil(BooleanSupplier done, String what) throws IOException {
		CompletableFuture<Void> limit = CompletableFuture.runAsync(this.process::destroyForcibly,
				CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
		try {
			while (!done.getAsBoolean()) {
				readLine();
			}
		}
		catch (IOException ex) {
			throw new IOException("The sample ended, or was ended after " + SECONDS + " s, before it had " + what, ex);
		}
		finally {
			limit.cancel(false);
		}
	}

	private void readLine() throws IOException {
		String line = this.log.readLine();
		if (line == null) {
			throw new IOException("The sample has ended");
		}
		Matcher matcher = READY.matcher(line);
		if (matcher.find()) {
			this.ready.add(matcher);
		}
		if (line.contains(MADE)) {
			this.caches++;
		}
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		this.process.onExit().join();
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach(SampleProcess::delete);
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
