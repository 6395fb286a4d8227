package dev.offload.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.offload.protocol.Message.Configure;
import dev.offload.protocol.Message.LogEvent;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for frames that break {@link MessageReader}.
 */
class MessageReaderFuzzTests {

	private static final int MAX_BODY = 64 * 1024;

	@FuzzTest
	void frameGivesProtocolExceptionOrMessageThatIsWrittenTheSame(byte[] bytes) {
		if (bytes.length < Frame.HEADER_BYTES) {
			return;
		}
		ByteBuffer frame = ByteBuffer.wrap(bytes);
		try {
			MessageReader reader = MessageReader.readHeader(frame, MAX_BODY);
			assertThat(reader.bodyLength()).isBetween(0, MAX_BODY);
			byte[] body = next(reader.bodyLength(), frame);
			int[] lengths = reader.attachments(body);
			assertThat(Arrays.stream(lengths).asLongStream().sum() + body.length).isLessThanOrEqualTo(MAX_BODY);
			List<ByteBuffer> attachments = attachments(lengths);
			assertWrittenTheSame(reader, reader.read(body, attachments), body, attachments);
		}
		catch (ProtocolException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
	}

	private static byte[] next(int length, ByteBuffer from) {
		byte[] bytes = new byte[Math.min(length, from.remaining())];
		from.get(bytes);
		return bytes;
	}

	// Their bytes mean nothing here.
	private static List<ByteBuffer> attachments(int[] lengths) {
		return Arrays.stream(lengths).mapToObj(ByteBuffer::allocate).toList();
	}

	private static byte[] written(Message message) {
		byte[] prefix = MessageWriter.prefix(message);
		Payload rest = MessageWriter.body(message);
		return ByteBuffer.allocate(prefix.length + rest.length())
			.put(prefix)
			.put(rest.bytes(), rest.start(), rest.length())
			.array();
	}

	// Maps have no order, and a worker takes one initializer only: the rest is the same.
	private static void assertWrittenTheSame(MessageReader reader, Message message, byte[] body,
			List<ByteBuffer> attachments) throws ProtocolException {
		byte[] written = written(message);
		if (message instanceof Configure || message instanceof LogEvent) {
			assertThat(reader.read(written, List.of())).usingRecursiveComparison().isEqualTo(message);
		}
		else {
			assertThat(written).isEqualTo(body);
			assertThat(MessageWriter.body(message).attachments()).isEqualTo(attachments);
		}
		ByteBuffer head = ByteBuffer.allocate(Frame.HEADER_BYTES);
		MessageWriter.writeHeader(message, written.length, head);
		assertThat(MessageReader.readHeader(head.flip(), Integer.MAX_VALUE).read(written, attachments).getClass())
			.isEqualTo(message.getClass());
	}

}
