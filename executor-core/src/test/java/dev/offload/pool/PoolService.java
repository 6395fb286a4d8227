package dev.offload.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;
import dev.offload.contract.Gate;

/**
 * A service with a pool, in a process of its own, that does what each line of its
 * standard input says and answers it with a line that begins with {@code >}.
 */
public final class PoolService {

	private final OffloadExecutor executor;

	private final List<InputStream> open = new ArrayList<>();

	private @Nullable TaskHandle<?> handle;

	private PoolService(OffloadExecutor executor) {
		this.executor = executor;
	}

	public static void main(String[] args) throws Exception {
		WorkerSpec.Builder worker = WorkerSpec.builder().heapBytes(32L * 1024 * 1024);
		worker.logging(WorkerLogging.valueOf(System.getProperty("test.logging", "FORWARD")));
		String initializer = System.getProperty("test.initializer");
		if (initializer != null) {
			worker.initializer(initializer).initializerArguments(List.of(System.getProperty("test.argument")));
		}
		OffloadExecutor executor = ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload")
			.build()
			.create(ExecutorSpec.builder("pool")
				.maxWorkers(2)
				.startTimeout(Duration.ofSeconds(20))
				.closeTimeout(Duration.ofSeconds(20))
				.worker(worker.build())
				.build());
		if (Boolean.getBoolean("test.hook")) {
			Runtime.getRuntime().addShutdownHook(new Thread(executor::close, "test-hook"));
		}
		answer("READY");
		new PoolService(executor).serve();
	}

	private void serve() throws IOException {
		// Not System.in: the JDK may close number 0 when it has no file descriptor left
		// to start a process.
		try (BufferedReader lines = Files.newBufferedReader(Path.of("/dev/stdin"))) {
			String line = lines.readLine();
			while (line != null && !line.equals("end")) {
				try {
					answer(perform(line.split(" ", -1)));
				}
				catch (Throwable ex) {
					answer("FAILED " + ex);
				}
				line = lines.readLine();
			}
		}
	}

	private static synchronized void answer(String text) {
		System.out.println("> " + text.replace("\n", " | "));
		System.out.flush();
	}

	private String perform(String[] words) throws Throwable {
		return switch (words[0]) {
			case "call" -> "OK " + this.executor.call(Faults::pid);
			case "print" -> "OK " + this.executor.call(PoolService::printAndDie);
			case "child" -> "OK " + this.executor.call(Faults::startChild);
			case "where" -> "OK " + this.executor.call(PoolService::machine);
			case "submit" -> submit(Path.of(words[1]));
			case "large" -> large(words[1], Integer.parseInt(words[2]));
			case "stream" -> "OK " + this.executor.call(
					Streams.call("checksum", "", Streams.zeros(Long.parseLong(words[1]), null), List.of()),
					TaskOptions.DEFAULTS);
			case "answer" -> answered(Long.parseLong(words[1]));
			case "result" -> "OK " + result();
			case "workers" -> "OK " + AbstractPool.pids(this.executor);
			case "hog" -> hog();
			case "hog-but" -> hogBut(Integer.parseInt(words[1]));
			case "release" -> release();
			case "fill" -> fill(Path.of(words[1]));
			case "free" -> "OK " + Files.deleteIfExists(Path.of(words[1]));
			case "run" ->
				"OK " + new ProcessBuilder(Arrays.asList(words).subList(1, words.length)).inheritIO().start().waitFor();
			case "close" -> {
				this.executor.close();
				yield "OK closed";
			}
			default -> throw new IllegalArgumentException(words[0]);
		};
	}

	private String answered(long bytes) throws Exception {
		try (InputStream content = this.executor.call(() -> Streams.zeros(bytes, null))) {
			return "OK " + content.readAllBytes().length;
		}
	}

	private static int printAndDie() {
		System.out.println("printed by a task");
		System.err.println("complained by a task");
		return Faults.halt(9);
	}

	private static String machine() {
		return Locale.getDefault() + " " + TimeZone.getDefault().getID() + " " + System.getProperty("file.encoding");
	}

	private String submit(Path path) {
		Gate gate = new Gate(path.getParent(), path.getFileName().toString());
		this.handle = this.executor.submit(gate::passStubbornly);
		return "OK submitted";
	}

	private String large(String marker, int bytes) {
		this.handle = this.executor.submit(() -> {
			byte[] result = new byte[bytes];
			Files.createFile(Path.of(marker));
			return result;
		});
		return "OK submitted";
	}

	private @Nullable Object result() throws Throwable {
		TaskHandle<?> known = this.handle;
		if (known == null) {
			throw new IllegalStateException("Nothing was submitted");
		}
		try {
			Object result = known.future().get();
			return (result instanceof byte[] bytes) ? bytes.length + " bytes" : result;
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

	private String hog() {
		try {
			while (true) {
				this.open.add(Files.newInputStream(Path.of("/dev/null")));
			}
		}
		catch (IOException ex) {
			return "OK " + this.open.size() + " open: " + ex;
		}
	}

	// Classes may be loaded with what is left, and no process started.
	private String hogBut(int count) throws IOException {
		String told = hog();
		for (int i = 0; i < count; i++) {
			this.open.remove(this.open.size() - 1).close();
		}
		return told;
	}

	private String release() {
		for (InputStream stream : this.open) {
			try {
				stream.close();
			}
			catch (IOException ex) {
				// JDK 17 closes descriptor 0, now one of ours, where it cannot start a
				// process.
			}
		}
		this.open.clear();
		return "OK released";
	}

	private static String fill(Path file) throws IOException {
		byte[] block = new byte[1024];
		int blocks = 0;
		try (OutputStream output = Files.newOutputStream(file)) {
			while (true) {
				output.write(block);
				blocks++;
			}
		}
		catch (IOException ex) {
			return "OK " + blocks + " KiB: " + ex;
		}
	}

}
