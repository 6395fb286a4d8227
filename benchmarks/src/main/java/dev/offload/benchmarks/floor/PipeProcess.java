package dev.offload.benchmarks.floor;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import dev.offload.benchmarks.run.JavaCommand;

/**
 * The JVM at the other end of two bare pipes, its standard input and output. For one
 * thread.
 */
public final class PipeProcess implements AutoCloseable {

	private final Process process;

	private final OutputStream out;

	private final InputStream in;

	private byte[] frame = new byte[PipeEcho.HEAD];

	private PipeProcess(Process process) {
		this.process = process;
		this.out = process.getOutputStream();
		this.in = process.getInputStream();
	}

	/**
	 * Starts it, and waits until it reads.
	 * @return the process
	 * @throws IOException if it does not start
	 */
	public static PipeProcess start() throws IOException {
		Process process = JavaCommand.of(PipeEcho.class, List.of("-Xmx256m"), List.of())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		byte[] expected = (EchoProcess.READY + "\n").getBytes(StandardCharsets.US_ASCII);
		byte[] said = process.getInputStream().readNBytes(expected.length);
		if (!Arrays.equals(said, expected)) {
			process.destroyForcibly();
			throw new IOException("The echo did not start");
		}
		return new PipeProcess(process);
	}

	/**
	 * Sends bytes and waits until they have come back.
	 * @param body how many
	 * @throws IOException if they do not come back
	 */
	public void echo(int body) throws IOException {
		int length = PipeEcho.HEAD + body;
		if (this.frame.length < length) {
			this.frame = new byte[length];
		}
		ByteBuffer.wrap(this.frame).putInt(body);
		this.out.write(this.frame, 0, length);
		this.out.flush();
		if (PipeEcho.receive(this.in, this.frame).length == 0) {
			throw new EOFException("The other side has closed the pipe");
		}
	}

	@Override
	public void close() {
		this.process.destroy();
	}

}
