package dev.offload.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerProcess;

/**
 * Starts the process of a worker, once it is clear what its command is.
 *
 * @param launch what to start
 * @param command its command
 * @param fingerprint what it must say of its classes
 */
record ProcessStart(WorkerLaunch launch, WorkerCommand command, String fingerprint) {

	/**
	 * Starts it.
	 * @param startup the options that its start-up cache needs
	 * @param use what is told how it starts
	 * @return the process
	 * @throws IOException if the settings name a program, a directory or an option that
	 * cannot be used
	 */
	WorkerProcess start(List<String> startup, StartupCacheUse use) throws IOException {
		Path java = java();
		Path directory = directory();
		OutputRoute output = new OutputRoute(this.launch);
		checkWritable("worker.heap-dumps", this.launch.worker().heapDumps());
		checkWritable("worker.log-directory", output.directory());
		String id = UUID.randomUUID().toString();
		ProcessBuilder builder = new ProcessBuilder();
		try {
			prepare(builder, java, id, startup);
		}
		catch (IllegalArgumentException ex) {
			throw failure(this.launch, ex.getMessage(), ex);
		}
		builder.directory(directory.toFile());
		output.redirect(builder);
		Process process = start(builder);
		JvmWorkerProcess worker = new JvmWorkerProcess(this.launch, process, id, this.fingerprint,
				new OutputPump(process.getInputStream(), this.launch.redactor(), output.target(process)), use);
		worker.start();
		giveToken(process, this.launch.token());
		return worker;
	}

	private void prepare(ProcessBuilder builder, Path java, String id, List<String> startup) throws IOException {
		Path argumentFile = this.launch.directory().resolve("java.args");
		ArgumentFile.write(argumentFile, this.command.arguments(startup));
		builder.command(this.command.words(java, argumentFile));
		Map<String, String> environment = builder.environment();
		environment.clear();
		environment.putAll(WorkerVariables.of(System.getenv(), this.launch.worker().environment(), id));
	}

	private Path java() throws IOException {
		Path bin = Path.of(System.getProperty("java.home"), "bin");
		Path java = bin.resolve(Files.exists(bin.resolve("java.exe")) ? "java.exe" : "java");
		if (!Files.isExecutable(java)) {
			throw failure(this.launch, "there is no program " + java + ", the java of this JVM's java.home. "
					+ "Run the service on a Java that has it", null);
		}
		return java;
	}

	private Path directory() throws IOException {
		String directory = this.launch.worker().directory();
		Path path = Path.of((directory != null) ? directory : "").toAbsolutePath();
		if (!Files.isDirectory(path)) {
			throw failure(this.launch,
					"worker.directory " + path + " is not a directory. Create it, or name another one", null);
		}
		return path;
	}

	private void checkWritable(String setting, @Nullable String directory) throws IOException {
		if (directory == null) {
			return;
		}
		Path path = Path.of(directory).toAbsolutePath();
		if (!Files.isDirectory(path) || !Files.isWritable(path)) {
			throw failure(this.launch,
					setting + " " + path + " is not a directory that can be written to. Create it, or name another one",
					null);
		}
	}

	private Process start(ProcessBuilder builder) throws IOException {
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw failure(this.launch, ex.getMessage() + hint(String.valueOf(ex.getMessage())), ex);
		}
	}

	private String hint(String reason) {
		if (reason.contains("Too many open files")) {
			return ". Raise the service's limit of open files, as by ulimit -n, or find what it does not close";
		}
		return this.launch.worker().launcherPrefix().isEmpty() ? "" : ". Check worker.launcher-prefix";
	}

	private static void giveToken(Process process, String token) {
		try {
			OutputStream input = process.getOutputStream();
			input.write((token + "\n").getBytes(StandardCharsets.UTF_8));
			input.flush();
		}
		catch (IOException ex) {
			// It has died already, and its end tells why.
		}
	}

	static IOException failure(WorkerLaunch launch, @Nullable String reason, @Nullable Throwable cause) {
		return new IOException("Cannot start " + launch + ": " + reason, cause);
	}

}
