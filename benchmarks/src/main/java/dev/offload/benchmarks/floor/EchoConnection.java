package dev.offload.benchmarks.floor;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One side of a bare connection: a head of 16 bytes with the length of the body, the
 * body, a buffer outside the heap that is used again and again, and calls that block. For
 * one thread.
 */
public final class EchoConnection implements AutoCloseable {

	private static final int HEAD = 16;

	private final SocketChannel channel;

	private ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

	EchoConnection(SocketChannel channel) {
		this.channel = channel;
	}

	/**
	 * Connects.
	 * @param address where the other side listens
	 * @return the connection
	 * @throws IOException if nobody listens
	 */
	public static EchoConnection to(SocketAddress address) throws IOException {
		SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
		channel.connect(address);
		return new EchoConnection(channel);
	}

	/**
	 * Sends bytes and waits until they have come back.
	 * @param body how many
	 * @throws IOException if they do not come back
	 */
	public void echo(int body) throws IOException {
		send(body);
		int back = receive();
		if (back != body) {
			throw new IOException(back + " bytes came back instead of " + body);
		}
	}

	void send(int body) throws IOException {
		reserve(HEAD + body);
		this.buffer.clear().limit(HEAD + body);
		this.buffer.putInt(0, body);
		while (this.buffer.hasRemaining()) {
			this.channel.write(this.buffer);
		}
	}

	int receive() throws IOException {
		this.buffer.clear();
		read(HEAD);
		int body = this.buffer.getInt(0);
		reserve(HEAD + body);
		read(HEAD + body);
		return body;
	}

	// A short message comes whole with the first read.
	private void read(int count) throws IOException {
		while (this.buffer.position() < count) {
			if (this.channel.read(this.buffer) < 0) {
				throw new EOFException("The other side has closed the connection");
			}
		}
	}

	private void reserve(int capacity) {
		if (this.buffer.capacity() < capacity) {
			ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
			larger.put(this.buffer.flip());
			this.buffer = larger;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
