package dev.offload.transport;

import java.nio.ByteBuffer;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Cancel;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.MessageWriter;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Incoming}.
 */
class IncomingTests {

	private static final int MAX_BODY = 1000;

	private final Incoming incoming = new Incoming();

	private static ByteBuffer bytes(Message message) {
		byte[] prefix = MessageWriter.prefix(message);
		Payload body = MessageWriter.body(message);
		ByteBuffer bytes = ByteBuffer.allocate(4096);
		MessageWriter.writeHeader(message, prefix.length + body.length(), bytes);
		bytes.put(prefix).put(body.bytes(), body.start(), body.length());
		body.attachments().forEach((attachment) -> bytes.put(attachment.duplicate()));
		return bytes.flip();
	}

	private static Completed completed() {
		return new Completed(7, new Payload(new byte[] { 1, 2, 3 }, 0, 3, List.of(ByteBuffer.wrap(new byte[] { 4, 5 }),
				ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] { 6 }))));
	}

	private static void assertIsCompleted(@Nullable Message message) {
		assertThat(message).isInstanceOfSatisfying(Completed.class, (completed) -> {
			assertThat(completed.task()).isEqualTo(7);
			assertThat(bytes(completed)).isEqualTo(bytes(completed()));
		});
	}

	@Test
	void takeWhenBytesComeOneByOneGivesTheMessageWithTheLast() throws Exception {
		ByteBuffer all = bytes(completed());
		ByteBuffer in = ByteBuffer.allocate(64).limit(0);
		while (all.remaining() > 1) {
			in.compact().put(all.get()).flip();
			assertThat(this.incoming.take(in, MAX_BODY)).isNull();
			assertThat(this.incoming.isBegun()).isEqualTo(all.position() >= Frame.HEADER_BYTES);
		}
		in.compact().put(all.get()).flip();
		assertIsCompleted(this.incoming.take(in, MAX_BODY));
		assertThat(this.incoming.isBegun()).isFalse();
	}

	@Test
	void takeWhenMoreHasComeLeavesIt() throws Exception {
		ByteBuffer in = ByteBuffer.allocate(4096);
		in.put(bytes(completed())).put(bytes(new Cancel(8))).put(bytes(completed())).flip();
		assertIsCompleted(this.incoming.take(in, MAX_BODY));
		assertThat(this.incoming.take(in, MAX_BODY)).isEqualTo(new Cancel(8));
		assertIsCompleted(this.incoming.take(in, MAX_BODY));
		assertThat(this.incoming.take(in, MAX_BODY)).isNull();
	}

	@Test
	void takeWhenTheHeadIsWrongFailsEachTime() {
		ByteBuffer in = bytes(completed()).putInt(0, 42);
		assertFailsTwice(in, 10, "Not a frame");
	}

	@Test
	void takeWhenTheBodyIsTooLongFailsEachTime() {
		assertFailsTwice(bytes(new Completed(7, Payload.of(new byte[100]))), 10, "10 are the most");
	}

	@Test
	void takeWhenAttachmentsAreTooLongFailsEachTime() {
		Message message = new Completed(7, new Payload(new byte[1], 0, 1, List.of(ByteBuffer.allocate(MAX_BODY))));
		assertFailsTwice(bytes(message), MAX_BODY, "An attachment of 1000 bytes");
	}

	@Test
	void takeWhenTheBodyIsWrongFailsEachTime() {
		ByteBuffer in = ByteBuffer.allocate(100);
		MessageWriter.writeHeader(new Cancel(8), 3, in);
		assertFailsTwice(in.put(new byte[3]).flip(), MAX_BODY, "has no body");
	}

	private void assertFailsTwice(ByteBuffer in, int maxBody, String message) {
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> this.incoming.take(in, maxBody))
				.withMessageContaining(message);
		}
	}

}
