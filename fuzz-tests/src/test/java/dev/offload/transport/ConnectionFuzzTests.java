package dev.offload.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.MessageReader;
import dev.offload.protocol.MessageWriter;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for bytes, and for chunks in which they come, that break {@link Connection}.
 */
class ConnectionFuzzTests {

	private static final int MAX_BODY = 4 * 1024;

	private static final String END = "end";

	private static final String REFUSED = "refused";

	private static ExecutorService writer;

	private static ServerSocketChannel server;

	private static Path socket;

	@BeforeAll
	static void listen() throws IOException {
		writer = Executors.newSingleThreadExecutor((action) -> new Thread(action, "test-writer"));
		socket = Files.createTempDirectory("fuzz").resolve("s");
		server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
	}

	@AfterAll
	static void close() throws IOException {
		writer.shutdownNow();
		server.close();
		Files.delete(socket);
		Files.delete(socket.getParent());
	}

	/**
	 * The bytes come in chunks through a socket, and mean what they mean at once.
	 * @param data the length of the chunks, 0 for one, and then the bytes
	 * @throws Exception when something breaks
	 */
	@FuzzTest
	void bytesInChunksGiveTheSameMessagesAsAtOnce(byte[] data) throws Exception {
		if (data.length == 0) {
			return;
		}
		int chunk = (data[0] != 0) ? data[0] & 0xFF : data.length;
		ByteBuffer bytes = ByteBuffer.wrap(data, 1, data.length - 1).slice();
		SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
		Future<?> writing = writer.submit(() -> write(client, bytes.duplicate(), chunk));
		try (Connection connection = new Connection(server.accept())) {
			assertThat(received(connection)).isEqualTo(readAtOnce(bytes.duplicate()));
		}
		writing.get(30, TimeUnit.SECONDS);
	}

	private static void write(SocketChannel client, ByteBuffer bytes, int chunk) {
		try (client) {
			int end = bytes.limit();
			while (bytes.position() < end) {
				client.write(bytes.limit(Math.min(end, bytes.position() + chunk)));
			}
		}
		catch (IOException ex) {
			// The other side has read enough.
		}
	}

	private static List<String> received(Connection connection) throws IOException {
		List<String> all = new ArrayList<>();
		try {
			while (true) {
				all.add(text(connection.receive(MAX_BODY)));
			}
		}
		catch (ProtocolException ex) {
			all.add(REFUSED);
		}
		catch (EOFException ex) {
			all.add(END);
		}
		return all;
	}

	private static List<String> readAtOnce(ByteBuffer bytes) {
		List<String> all = new ArrayList<>();
		try {
			while (bytes.remaining() >= Frame.HEADER_BYTES) {
				MessageReader reader = MessageReader.readHeader(bytes, MAX_BODY);
				if (bytes.remaining() < reader.bodyLength()) {
					break;
				}
				byte[] body = new byte[reader.bodyLength()];
				bytes.get(body);
				List<ByteBuffer> attachments = attachments(reader.attachments(body), bytes);
				if (attachments == null) {
					break;
				}
				all.add(text(reader.read(body, attachments)));
			}
			all.add(END);
		}
		catch (ProtocolException ex) {
			all.add(REFUSED);
		}
		return all;
	}

	// None if not all of them are there.
	private static @Nullable List<ByteBuffer> attachments(int[] lengths, ByteBuffer bytes) {
		List<ByteBuffer> attachments = new ArrayList<>();
		for (int length : lengths) {
			if (length > bytes.remaining()) {
				return null;
			}
			attachments.add(bytes.slice(bytes.position(), length));
			bytes.position(bytes.position() + length);
		}
		return attachments;
	}

	// Payloads are arrays, which have no text and no equality.
	private static String text(Message message) {
		Payload body = MessageWriter.body(message);
		return message.getClass().getSimpleName() + " of " + Arrays.hashCode(MessageWriter.prefix(message)) + " and "
				+ ByteBuffer.wrap(body.bytes(), body.start(), body.length()).hashCode() + " with "
				+ body.attachments().hashCode();
	}

}
