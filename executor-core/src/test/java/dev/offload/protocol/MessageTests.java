package dev.offload.protocol;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offload.protocol.Message.Cancel;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Configure;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Failed;
import dev.offload.protocol.Message.Heartbeat;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.LogEvent;
import dev.offload.protocol.Message.LogsDropped;
import dev.offload.protocol.Message.Ready;
import dev.offload.protocol.Message.Shutdown;
import dev.offload.protocol.Message.StartFailed;
import dev.offload.protocol.Message.TakeDump;
import dev.offload.protocol.Message.ThreadDump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MessageWriter} and {@link MessageReader}.
 */
class MessageTests {

	private static final int MAX_BODY = 1024 * 1024;

	static Stream<Message> messages() {
		byte[] payload = { 1, 2, 3 };
		return Stream.of(new Hello("token", 3, 4711, "1.0"), new Ready(), new Shutdown(), new Cancel(7),
				new Completed(8, payload), new Failed(9, payload), new StartFailed(payload),
				new Heartbeat(1, 2, 1L << 40, 17), new TakeDump(3), new ThreadDump(3, List.of("at a.b.C"), "all"),
				new LogEvent(40, 1L << 40, "a.b.C", "main", "text", Map.of("key", "value"), payload),
				new LogsDropped(1L << 40), configure("com.acme.Init"), configure(null));
	}

	private static Configure configure(@Nullable String initializer) {
		return new Configure(2, 1L << 40, 250, "com.acme.Codec", "com.acme.Resolver", initializer, List.of("a", ""),
				Map.of("key", "välue", "other", ""), List.of("com.acme"), List.of("com.other.*"));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageWhenWrittenAndReadIsTheSame(Message message) throws Exception {
		Message read = read(frame(message));
		assertThat(read).usingRecursiveComparison().isEqualTo(message);
	}

	static Stream<Execute> executes() {
		byte[] payload = { 1, 2, 3 };
		Map<String, String> full = new HashMap<>();
		for (int i = 0; i < Frame.MAX_CONTEXT_ENTRIES; i++) {
			full.put("mdc/" + i, "x".repeat(Frame.MAX_CONTEXT_BYTES / Frame.MAX_CONTEXT_ENTRIES - 6));
		}
		return Stream.of(new Execute(Long.MAX_VALUE, payload), new Execute(7, Map.of("mdc/tenant", "ä"), payload, 0),
				new Execute(8, full, payload, 0), new Execute(9, Map.of("a/b", ""), new byte[0], 0));
	}

	@ParameterizedTest
	@MethodSource("executes")
	void executeWhenWrittenAndReadHasItsContextAndItsPayload(Execute message) throws Exception {
		Execute read = (Execute) read(frame(message));
		assertThat(read.task()).isEqualTo(message.task());
		assertThat(read.context()).isEqualTo(message.context());
		assertThat(MessageWriter.body(read)).isEqualTo(message.payload());
	}

	static Stream<Map<String, String>> excessiveContexts() {
		Map<String, String> many = new HashMap<>();
		for (int i = 0; i <= Frame.MAX_CONTEXT_ENTRIES; i++) {
			many.put("mdc/" + i, "");
		}
		return Stream.of(many, Map.of("a", "x".repeat(Frame.MAX_CONTEXT_BYTES)));
	}

	@ParameterizedTest
	@MethodSource("excessiveContexts")
	void executeWhenItsContextIsOverTheLimitIsRefused(Map<String, String> context) {
		byte[] frame = frame(new Execute(1, context, new byte[0], 0));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(frame))
			.withMessageContaining("of context")
			.withMessageContaining("are the most");
	}

	@Test
	void executeWhenTwoEntriesHaveOneNameIsRefused() {
		byte[] frame = frame(new Execute(1, Map.of("a", "x", "b", "y"), new byte[0], 0));
		for (int i = Frame.HEADER_BYTES; i < frame.length; i++) {
			if (frame[i] == 'b') {
				frame[i] = 'a';
			}
		}
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(frame))
			.withMessageContaining("one name");
	}

	@ParameterizedTest
	@MethodSource({ "messages", "executes" })
	void frameWhenCutOrChangedGivesProtocolExceptionOrMessage(Message message) {
		byte[] frame = frame(message);
		Random random = new Random(42);
		for (int i = 0; i < 20_000; i++) {
			byte[] changed = frame.clone();
			for (int n = random.nextInt(3); n >= 0; n--) {
				changed[random.nextInt(changed.length)] = (byte) random.nextInt();
			}
			readOrRefuse(changed);
		}
	}

	private static void readOrRefuse(byte[] frame) {
		try {
			assertThat(read(frame)).isNotNull();
		}
		catch (ProtocolException ex) {
			assertThat(ex).hasMessageMatching("(?s).+");
		}
	}

	@Test
	void headerWhenLengthIsOverTheLimitIsRefusedBeforeTheBody() {
		ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
		MessageWriter.writeHeader(new Execute(1, new byte[0]), 1001, header);
		header.flip();
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> MessageReader.readHeader(header, 1000))
			.withMessageContaining("1001 bytes")
			.withMessageContaining("1000");
	}

	@Test
	void headerWhenMagicOrVersionIsWrongIsRefused() {
		byte[] frame = frame(new Ready());
		frame[0] = 'G';
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(frame)).withMessageContaining("Not a");
		byte[] old = frame(new Ready());
		old[2] = 99;
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(old)).withMessageContaining("99");
	}

	@Test
	void helloWhenPrintedHidesItsToken() {
		assertThat(new Hello("secret", 0, 1, "1").toString()).doesNotContain("secret");
		assertThat(configure(null).toString()).doesNotContain("välue");
		assertThat(new Execute(1, Map.of("a", "secret"), new byte[0], 0).toString()).doesNotContain("secret");
	}

	private static byte[] frame(Message message) {
		byte[] prefix = MessageWriter.prefix(message);
		byte[] body = MessageWriter.body(message);
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + prefix.length + body.length);
		MessageWriter.writeHeader(message, prefix.length + body.length, frame);
		return frame.put(prefix).put(body).array();
	}

	private static Message read(byte[] frame) throws ProtocolException {
		ByteBuffer buffer = ByteBuffer.wrap(frame);
		MessageReader reader = MessageReader.readHeader(buffer, MAX_BODY);
		byte[] body = new byte[Math.min(reader.bodyLength(), buffer.remaining())];
		buffer.get(body);
		return reader.read(body);
	}

}
