package dev.offload.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.offload.protocol.Message.Configure;
import dev.offload.protocol.Message.LogEvent;

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
		byte[] body = Arrays.copyOfRange(bytes, Frame.HEADER_BYTES, bytes.length);
		try {
			MessageReader reader = MessageReader.readHeader(ByteBuffer.wrap(bytes), MAX_BODY);
			assertThat(reader.bodyLength()).isBetween(0, MAX_BODY);
			assertWrittenTheSame(reader, reader.read(body), body);
		}
		catch (ProtocolException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
	}

	private static byte[] written(Message message) {
		byte[] prefix = MessageWriter.prefix(message);
		byte[] rest = MessageWriter.body(message);
		byte[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
		System.arraycopy(rest, 0, all, prefix.length, rest.length);
		return all;
	}

	// Maps have no order, and a worker takes one initializer only: the rest is the same.
	private static void assertWrittenTheSame(MessageReader reader, Message message, byte[] body)
			throws ProtocolException {
		byte[] written = written(message);
		if (message instanceof Configure || message instanceof LogEvent) {
			assertThat(reader.read(written)).usingRecursiveComparison().isEqualTo(message);
		}
		else {
			assertThat(written).isEqualTo(body);
		}
		ByteBuffer head = ByteBuffer.allocate(Frame.HEADER_BYTES);
		MessageWriter.writeHeader(message, written.length, head);
		assertThat(MessageReader.readHeader(head.flip(), Integer.MAX_VALUE).read(written).getClass())
			.isEqualTo(message.getClass());
	}

}
