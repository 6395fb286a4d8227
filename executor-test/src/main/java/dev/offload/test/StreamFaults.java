package dev.offload.test;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * What a task does to the streams of its process, to the socket of its pool and with
 * processes of its own.
 */
final class StreamFaults {

	private static final int BLOCK_BYTES = 64 * 1024;

	private StreamFaults() {
	}

	static long flood(PrintStream target, long bytes) {
		byte[] block = new byte[BLOCK_BYTES];
		Arrays.fill(block, (byte) 'x');
		long left = bytes;
		while (left > 0) {
			int length = (int) Math.min(left, block.length);
			target.write(block, 0, length);
			left -= length;
		}
		target.flush();
		return bytes;
	}

	// Not only the streams of System, but what is below them.
	static int closeStandardStreams() throws IOException {
		System.in.close();
		System.out.close();
		System.err.close();
		new FileInputStream(FileDescriptor.in).close();
		new FileOutputStream(FileDescriptor.out).close();
		new FileOutputStream(FileDescriptor.err).close();
		return 0;
	}

	static long writeGarbageToSocket(int bytes) throws IOException {
		@Nullable String socket = System.getProperty("offload.worker.socket");
		if (socket == null) {
			throw new IllegalStateException("This is no worker process: it has no property offload.worker.socket");
		}
		byte[] garbage = new byte[bytes];
		new Random(bytes).nextBytes(garbage);
		ByteBuffer buffer = ByteBuffer.wrap(garbage);
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(socket));
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
		}
		catch (IOException ex) {
			// The other side may have had enough of it.
			System.out.println("The pool took " + buffer.position() + " bytes of garbage: " + ex);
		}
		return buffer.position();
	}

	static long startChild(Duration life) throws IOException {
		return new ProcessBuilder("sleep", Long.toString(life.toSeconds())).start().pid();
	}

	// The shell ends at once: its child is nobody's, in a session of its own.
	static long startDetached(Duration life) throws IOException, InterruptedException {
		Process shell = new ProcessBuilder("sh", "-c",
				"setsid sleep " + life.toSeconds() + " </dev/null >/dev/null 2>&1 & echo $!")
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII))) {
			long pid = Long.parseLong(Objects.requireNonNull(output.readLine(), "no process id"));
			shell.waitFor();
			return pid;
		}
	}

}
