package dev.offload.busy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import dev.offload.ExecutorSpec;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.spi.WorkerSetupProvider;

/**
 * Runs workers of a service in the JVM of a {@link WorkerProbe}, one for each set of
 * exclusions that are switched off, each with a database of its own.
 */
final class ProbedWorkers {

	private final WorkerSetupProvider setups;

	private final Path directory;

	private final List<String> kept = new ArrayList<>();

	ProbedWorkers(WorkerSetupProvider setups, Path directory) {
		this.setups = setups;
		this.directory = directory;
	}

	/**
	 * Runs them all.
	 * @param jvmOptions options of the JVM
	 * @param classPath its class path
	 * @param allKept for each worker the exclusions that are switched off
	 * @return what the workers observed
	 */
	Map<String, Properties> run(List<String> jvmOptions, String classPath, List<String> allKept) throws Exception {
		for (String each : allKept) {
			write(each);
		}
		start(jvmOptions, classPath);
		Map<String, Properties> results = new HashMap<>();
		for (int i = 0; i < this.kept.size(); i++) {
			Properties result = read(file(i, ".result"));
			result.setProperty("log-file", String.valueOf(Files.exists(file(i, ".log"))));
			results.put(this.kept.get(i), result);
		}
		return results;
	}

	private Path file(int number, String extension) {
		return this.directory.resolve(String.format("%02d%s", number, extension));
	}

	private void write(String keep) throws IOException {
		int number = this.kept.size();
		this.kept.add(keep);
		WorkerSpec worker = WorkerSpec.builder()
			.context(WorkerContext.APPLICATION)
			.properties(Map.of("busy.database", "worker" + number, "busy.log", file(number, ".log").toString()))
			.build();
		Properties run = new Properties();
		run.putAll(this.setups.setupFor(ExecutorSpec.builder("probe").worker(worker).build()).settings());
		run.setProperty(WorkerProbe.KEEP, keep);
		try (OutputStream out = Files.newOutputStream(file(number, ".run"))) {
			run.store(out, null);
		}
	}

	private void start(List<String> jvmOptions, String classPath) throws IOException, InterruptedException {
		Path output = this.directory.resolve("probe.out");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(jvmOptions);
		command.addAll(List.of("-Doffload.worker.socket=none", "-cp", classPath, WorkerProbe.class.getName(),
				this.directory.toString()));
		Process probe = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			if (!probe.waitFor(3, TimeUnit.MINUTES) || probe.exitValue() != 0) {
				throw new IllegalStateException("The probe did not end well:\n" + Files.readString(output));
			}
		}
		finally {
			probe.destroyForcibly();
		}
	}

	private static Properties read(Path file) throws IOException {
		Properties properties = new Properties();
		try (InputStream in = Files.newInputStream(file)) {
			properties.load(in);
		}
		return properties;
	}

}
