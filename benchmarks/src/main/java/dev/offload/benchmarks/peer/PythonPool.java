package dev.offload.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import org.HdrHistogram.Histogram;

import dev.offload.benchmarks.run.Contender;
import dev.offload.benchmarks.run.Rates;

/**
 * The {@code ProcessPoolExecutor} of Python with two processes, which measures itself
 * with the clock of Python. For one thread.
 */
public final class PythonPool implements AutoCloseable {

	private static final String NAME = "Python ProcessPoolExecutor";

	private final Path script;

	private final Process process;

	private final PrintWriter out;

	private final BufferedReader in;

	private PythonPool(Path script, Process process) {
		this.script = script;
		this.process = process;
		this.out = new PrintWriter(process.outputWriter(), true);
		this.in = process.inputReader();
	}

	/**
	 * Starts it.
	 * @return the pool, or empty where there is no {@code python3}
	 * @throws IOException if its script cannot be written
	 */
	public static Optional<PythonPool> start() throws IOException {
		Path script = Files.createTempFile("pool", ".py");
		try (InputStream source = PythonPool.class.getResourceAsStream("pool.py")) {
			if (source == null) {
				throw new IOException("There is no pool.py beside " + PythonPool.class);
			}
			Files.write(script, source.readAllBytes());
		}
		try {
			Process process = new ProcessBuilder("python3", script.toString())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			return Optional.of(new PythonPool(script, process));
		}
		catch (IOException ex) {
			Files.delete(script);
			return Optional.empty();
		}
	}

	/**
	 * One task after the other.
	 * @return the contender
	 */
	public Contender durations() {
		return new Contender(NAME, this::durations);
	}

	private Histogram durations(Duration slice) throws IOException {
		Histogram histogram = new Histogram(3);
		Arrays.stream(ask("durations " + seconds(slice)).split(" "))
			.mapToLong(Long::parseLong)
			.forEach(histogram::recordValue);
		return histogram;
	}

	/**
	 * Many tasks in flight.
	 * @param window how many
	 * @return the contender
	 */
	public Rates.Source rate(int window) {
		return (time) -> Double.parseDouble(ask("rate " + seconds(time) + " " + window));
	}

	private static double seconds(Duration time) {
		return time.toMillis() / 1e3;
	}

	private String ask(String line) throws IOException {
		this.out.println(line);
		String answer = this.in.readLine();
		if (answer == null) {
			throw new IOException("Python has ended");
		}
		return answer;
	}

	@Override
	public void close() throws IOException {
		this.out.close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		Files.delete(this.script);
	}

}
