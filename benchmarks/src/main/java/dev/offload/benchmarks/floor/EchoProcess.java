package dev.offload.benchmarks.floor;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.offload.benchmarks.run.JavaCommand;

/**
 * The JVM at the other end of the bare socket.
 */
public final class EchoProcess implements AutoCloseable {

	static final String READY = "ready";

	private final Process process;

	private final Path directory;

	private EchoProcess(Process process, Path directory) {
		this.process = process;
		this.directory = directory;
	}

	/**
	 * Starts it, and waits until it listens.
	 * @return the process
	 * @throws IOException if it does not start
	 */
	public static EchoProcess start() throws IOException {
		Path directory = Files.createTempDirectory("echo");
		Process process = JavaCommand.of(SocketEcho.class, List.of("-Xmx256m"), List.of(socket(directory).toString()))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String line = process.inputReader().readLine();
		if (!READY.equals(line)) {
			process.destroyForcibly();
			throw new IOException("The echo did not start, it says: " + line);
		}
		return new EchoProcess(process, directory);
	}

	/**
	 * Connects to it.
	 * @return a new connection
	 * @throws IOException if it is gone
	 */
	public EchoConnection connect() throws IOException {
		return EchoConnection.to(UnixDomainSocketAddress.of(socket(this.directory)));
	}

	private static Path socket(Path directory) {
		return directory.resolve("s");
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		Files.deleteIfExists(socket(this.directory));
		Files.delete(this.directory);
	}

}
