package dev.offload.worker;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.ByMemory;
import dev.offload.protocol.Message.BySocket;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.Share;
import dev.offload.protocol.Message.Shared;
import dev.offload.protocol.MessageReader;
import dev.offload.protocol.MessageWriter;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;

/**
 * The lanes of a slot as a worker has them that heeds no rule: nothing that is written
 * here is checked. Reads no more of a task than its number.
 */
final class HostileLanes implements Closeable {

	/** As many bytes as fit into the memory of one direction. */
	static final int RING_BYTES = 1024 * 1024 + 64 * 1024;

	static final int PAGE = 4096;

	/** Where this worker says how much it has written. */
	static final int WRITTEN = 1024;

	/** Where its service says how much of that it has read. */
	static final int SERVICE_READ = WRITTEN + 512;

	/** Where this worker says how much it has read. */
	static final int READ = 512;

	static final Payload NULL_VALUE = Payload.of(new byte[] { 0, 0 });

	private static final int MAX_BYTES = 64 * 1024 * 1024;

	private final RandomAccessFile in;

	private final FileOutputStream out;

	private final SocketChannel socket;

	private @Nullable RandomAccessFile file;

	private @Nullable MappedByteBuffer memory;

	/**
	 * Opens the pipes of a slot and says so.
	 * @param identity who this worker is
	 * @param pipes the directory of the pipes
	 * @throws IOException if that fails
	 */
	HostileLanes(WorkerIdentity identity, Path pipes) throws IOException {
		this.in = new RandomAccessFile(pipes.resolve("t1").toFile(), "r");
		this.out = new FileOutputStream(pipes.resolve("a1").toFile());
		this.socket = SocketChannel.open(UnixDomainSocketAddress.of(identity.socket()));
		this.socket.write(ByteBuffer
			.wrap(frame(new Hello(identity.token(), 1, ProcessHandle.current().pid(), identity.fingerprint(), true))));
	}

	static byte[] frame(Message message) {
		Payload body = MessageWriter.body(message);
		byte[] prefix = MessageWriter.prefix(message);
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + prefix.length + body.length());
		MessageWriter.writeHeader(message, prefix.length + body.length(), frame);
		return frame.put(prefix).put(body.bytes(), body.start(), body.length()).array();
	}

	// The number of the next task, which came through the pipe or the socket. What is
	// said of memory before is done.
	long nextTask() throws IOException {
		byte[] head = readPipe(Frame.HEADER_BYTES);
		MessageReader reader = MessageReader.readHeader(ByteBuffer.wrap(head), MAX_BYTES);
		Message message = message(reader, readPipe(reader.bodyLength()));
		if (message instanceof Share share) {
			share(Path.of(share.file()));
			return nextTask();
		}
		if (message instanceof BySocket) {
			byte[] far = Channels.newInputStream(this.socket).readNBytes(Frame.HEADER_BYTES);
			return number(far);
		}
		return number(head);
	}

	private static @Nullable Message message(MessageReader reader, byte[] body) {
		try {
			return reader.read(body, List.of());
		}
		catch (ProtocolException ex) {
			return null;
		}
	}

	private static long number(byte[] head) {
		return ByteBuffer.wrap(head).getLong(Long.BYTES);
	}

	private byte[] readPipe(int count) throws IOException {
		byte[] bytes = new byte[count];
		this.in.readFully(bytes);
		return bytes;
	}

	private void share(Path path) throws IOException {
		RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
		this.file = opened;
		this.memory = opened.getChannel().map(MapMode.READ_WRITE, 0, opened.length());
		this.memory.order(ByteOrder.nativeOrder());
		send(new Shared(true));
	}

	void send(Message message) throws IOException {
		write(frame(message));
	}

	void write(byte... bytes) throws IOException {
		this.out.write(bytes);
	}

	MappedByteBuffer memory() {
		if (this.memory == null) {
			throw new IllegalStateException("The service has offered no memory");
		}
		return this.memory;
	}

	void put(byte[] bytes) {
		memory().put(PAGE + RING_BYTES, bytes);
	}

	// What it says of how much was written counts as soon as it is there.
	void putNumber(int place, long number) {
		memory().putLong(place, number);
	}

	// The head of an answer that is longer than what is in the memory.
	void beginLongAnswer(long task, int length, int written) throws IOException {
		ByteBuffer head = ByteBuffer.allocate(Frame.HEADER_BYTES);
		MessageWriter.writeHeader(new Completed(task, NULL_VALUE), length, head);
		put(head.array());
		// no attachments
		memory().putInt(PAGE + RING_BYTES + Frame.HEADER_BYTES, 0);
		putNumber(WRITTEN, written);
		send(new ByMemory(0));
	}

	void awaitServiceReads(long count) throws InterruptedException {
		while (memory().getLong(SERVICE_READ) < count) {
			Thread.sleep(1);
		}
	}

	void truncate(long length) throws IOException {
		if (this.file != null) {
			this.file.setLength(length);
		}
	}

	@Override
	public void close() throws IOException {
		this.in.close();
		this.out.close();
		this.socket.close();
	}

}
