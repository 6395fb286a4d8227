package dev.offload.protocol;

import java.nio.ByteBuffer;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Looks for frames that break {@link MessageReader}.
 */
class MessageReaderFuzzTests {

	private static final int MAX_BODY = 4096;

	@FuzzTest
	void anyBytesGiveMessageOrProtocolException(byte[] bytes) {
		if (bytes.length < Frame.HEADER_BYTES) {
			return;
		}
		try {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			MessageReader reader = MessageReader.readHeader(buffer, MAX_BODY);
			byte[] body = new byte[Math.min(reader.bodyLength(), buffer.remaining())];
			buffer.get(body);
			reader.read(body);
		}
		catch (ProtocolException ex) {
			// what wrong bytes give
		}
	}

}
