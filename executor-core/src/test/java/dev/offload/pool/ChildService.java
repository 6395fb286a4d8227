package dev.offload.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A {@link PoolService} in a process of its own, as the test sees it. Not safe for use by
 * many threads.
 */
final class ChildService implements AutoCloseable {

	private static final long LIMIT_SECONDS = 60;

	private final Process process;

	private final Writer input;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final List<String> output = new ArrayList<>();

	private final Thread reader;

	private ChildService(Process process) {
		this.process = process;
		this.input = process.outputWriter(StandardCharsets.UTF_8);
		this.reader = new Thread(this::read, "test-child-output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/**
	 * Starts one, and waits until it is ready.
	 * @param prefix the words before the command of the JVM
	 * @param options options of the JVM
	 * @param environment more variables
	 * @return the service
	 * @throws Exception if it is not ready in time
	 */
	static ChildService start(List<String> prefix, List<String> options, Map<String, String> environment)
			throws Exception {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), PoolService.class.getName()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(environment);
		ChildService service = new ChildService(builder.start());
		try {
			assertThat(service.answer()).isEqualTo("READY");
			return service;
		}
		catch (Throwable ex) {
			service.close();
			throw ex;
		}
	}

	static ChildService start(String... options) throws Exception {
		return start(List.of(), List.of(options), Map.of());
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader(StandardCharsets.UTF_8)) {
			String line = lines.readLine();
			while (line != null) {
				if (line.startsWith("> ")) {
					this.answers.add(line.substring(2));
				}
				synchronized (this.output) {
					this.output.add(line);
				}
				line = lines.readLine();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void tell(String line) throws IOException {
		this.input.write(line + "\n");
		this.input.flush();
	}

	String answer() throws InterruptedException {
		String answer = this.answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
		assertThat(answer).as("answer, after:\n%s", output()).isNotNull();
		return answer;
	}

	String ask(String line) throws Exception {
		tell(line);
		return answer();
	}

	// Asks for something that gives a number.
	long askNumber(String line) throws Exception {
		String answer = ask(line);
		assertThat(answer).as(output()).matches("OK \\d+");
		return Long.parseLong(answer.substring(3));
	}

	long pid() {
		return this.process.pid();
	}

	void signal(String name) throws Exception {
		AbstractPool.signal(pid(), name);
	}

	int awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(output()).isTrue();
		return this.process.exitValue();
	}

	// Whoever holds the other end of its standard output has closed it.
	void awaitOutputEnd() throws InterruptedException {
		this.reader.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
		assertThat(this.reader.isAlive()).as("its output is still held by somebody").isFalse();
	}

	String output() {
		synchronized (this.output) {
			return String.join("\n", this.output);
		}
	}

	// One whose threads have all ended does not run, whether or not anybody has collected
	// it. Its first thread alone may end before the others, which hold its sockets.
	static boolean isRunning(long pid) {
		try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
			return threads.count() > 1
					|| !Files.readString(Path.of("/proc/" + pid + "/stat")).matches("(?s).*\\) [ZX] .*");
		}
		catch (IOException | UncheckedIOException ex) {
			return false;
		}
	}

	static void awaitEnded(long pid) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(LIMIT_SECONDS))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> !isRunning(pid));
	}

	@Override
	public void close() {
		this.process.toHandle().destroyForcibly();
		this.process.onExit().join();
	}

}
