package dev.offload.benchmarks.floor;

import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The other JVM of the bare pipe: sends back over its standard output whatever comes over
 * its standard input, in the frames of the bare socket.
 */
public final class PipeEcho {

	static final int HEAD = 16;

	private PipeEcho() {
	}

	/**
	 * Serves until standard input ends.
	 * @param arguments none
	 * @throws IOException if a pipe breaks
	 */
	public static void main(String[] arguments) throws IOException {
		try (InputStream in = new FileInputStream(FileDescriptor.in);
				OutputStream out = new FileOutputStream(FileDescriptor.out)) {
			out.write((EchoProcess.READY + "\n").getBytes(StandardCharsets.US_ASCII));
			byte[] frame = receive(in, new byte[HEAD]);
			while (frame.length > 0) {
				out.write(frame, 0, HEAD + ByteBuffer.wrap(frame).getInt());
				frame = receive(in, frame);
			}
		}
	}

	// The frame in the same array or in a larger one; an empty one at the end.
	static byte[] receive(InputStream in, byte[] array) throws IOException {
		int read = in.readNBytes(array, 0, HEAD);
		if (read < HEAD) {
			return new byte[0];
		}
		int body = ByteBuffer.wrap(array).getInt();
		byte[] frame = (array.length < HEAD + body) ? Arrays.copyOf(array, HEAD + body) : array;
		new DataInputStream(in).readFully(frame, HEAD, body);
		return frame;
	}

}
