package dev.offload.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offload.protocol.Message.ByMemory;
import dev.offload.protocol.Message.BySocket;
import dev.offload.protocol.Message.Cancel;
import dev.offload.protocol.Message.Completed;
import dev.offload.protocol.Message.Configure;
import dev.offload.protocol.Message.Execute;
import dev.offload.protocol.Message.Failed;
import dev.offload.protocol.Message.Heartbeat;
import dev.offload.protocol.Message.Hello;
import dev.offload.protocol.Message.Items;
import dev.offload.protocol.Message.LogEvent;
import dev.offload.protocol.Message.LogsDropped;
import dev.offload.protocol.Message.Nudge;
import dev.offload.protocol.Message.Progress;
import dev.offload.protocol.Message.Ready;
import dev.offload.protocol.Message.Share;
import dev.offload.protocol.Message.Shared;
import dev.offload.protocol.Message.Shutdown;
import dev.offload.protocol.Message.StartFailed;
import dev.offload.protocol.Message.TakeDump;
import dev.offload.protocol.Message.Taken;
import dev.offload.protocol.Message.ThreadDump;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MessageWriter} and {@link MessageReader}.
 */
class MessageTests {

	private static final int MAX_BODY = 1024 * 1024;

	static Stream<Message> messages() {
		byte[] payload = { 1, 2, 3 };
		return Stream.of(new Hello("token", 3, 4711, "1.0", true), new Nudge(), new BySocket(), new ByMemory(1L << 40),
				new Share("/tmp/memory"), new Shared(true), new Shared(false), new Ready(), new Shutdown(),
				new Cancel(7), new Completed(8, attached(payload)), new Failed(9, attached(payload)),
				new StartFailed(Payload.of(payload)), new Heartbeat(1, 2, 1L << 40, 17), new TakeDump(3),
				new ThreadDump(3, List.of("at a.b.C"), "all"),
				new LogEvent(40, 1L << 40, "a.b.C", "main", "text", Map.of("key", "value"), payload),
				new LogsDropped(1L << 40), new Items(5, attached(payload)), new Taken(5, 1L << 40),
				new Progress(5, 3, -1, null), new Progress(6, 1L << 40, 1L << 41, "Seite ä"),
				configure("com.acme.Init"), configure(null));
	}

	private static Configure configure(@Nullable String initializer) {
		return new Configure(2, 1L << 40, "pool-1f-", 250, "com.acme.Codec", "com.acme.Resolver", initializer,
				List.of("a", ""), Map.of("key", "välue", "other", ""), List.of("com.acme"), List.of("com.other.*"),
				"/tmp/spool", 1L << 41, "/tmp/pipes");
	}

	@ParameterizedTest
	@MethodSource("messages")
	void messageWhenWrittenAndReadIsTheSame(Message message) throws Exception {
		Message read = read(frame(message));
		assertThat(read).usingRecursiveComparison()
			.withEqualsForType(MessageTests::isSame, Payload.class)
			.isEqualTo(message);
	}

	static Stream<Execute> executes() {
		byte[] payload = { 1, 2, 3 };
		Map<String, String> full = new HashMap<>();
		for (int i = 0; i < Frame.MAX_CONTEXT_ENTRIES; i++) {
			full.put("mdc/" + i, "x".repeat(Frame.MAX_CONTEXT_BYTES / Frame.MAX_CONTEXT_ENTRIES - 6));
		}
		return Stream.of(new Execute(Long.MAX_VALUE, attached(payload)),
				new Execute(7, Map.of("mdc/tenant", "ä"), new MethodNumber(1, null), Payload.of(payload)),
				new Execute(8, full, new MethodNumber(MethodNumber.MAX, new byte[MethodNumber.MAX_DEFINITION_BYTES]),
						Payload.of(payload)),
				new Execute(12, new Attempt("é".repeat(Attempt.MAX_ID_BYTES / 2), 3, 0, true), Map.of("a/b", "c"),
						new MethodNumber(7, null), Payload.of(payload)),
				new Execute(13, new Attempt(null, 1, 30_000, false), Map.of(), null, Payload.of(payload)),
				new Execute(9, Map.of("a/b", ""), null, Payload.of(new byte[0])),
				new Execute(10, Map.of(), new MethodNumber(7, null), Payload.of(payload)),
				new Execute(11, Map.of(), new MethodNumber(7, new byte[0]), attached(payload)));
	}

	@ParameterizedTest
	@MethodSource("executes")
	void executeWhenWrittenAndReadHasItsContextAndItsPayload(Execute message) throws Exception {
		Execute read = (Execute) read(frame(message));
		assertThat(read.task()).isEqualTo(message.task());
		assertThat(read.attempt()).isEqualTo(message.attempt());
		assertThat(read.context()).isEqualTo(message.context());
		assertThat(read.method()).usingRecursiveComparison().isEqualTo(message.method());
		assertThat(isSame(read.payload(), message.payload())).isTrue();
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
		byte[] frame = frame(new Execute(1, context, null, Payload.of(new byte[0])));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(frame))
			.withMessageContaining("of context")
			.withMessageContaining("are the most");
	}

	static Stream<Message> excessiveTexts() {
		return Stream.of(new Execute(1, new Attempt("x".repeat(Attempt.MAX_ID_BYTES + 1), 1, -1, false), Map.of(), null,
				Payload.of(new byte[0])), new Progress(1, 1, 1, "x".repeat(Frame.MAX_PROGRESS_BYTES + 1)));
	}

	@ParameterizedTest
	@MethodSource("excessiveTexts")
	void messageWhenATextOfItIsOverTheLimitIsRefused(Message message) {
		byte[] frame = frame(message);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(frame))
			.withMessageContaining("are the most");
	}

	static Stream<Attempt> wrongAttempts() {
		return Stream.of(new Attempt(null, 0, -1, false), new Attempt(null, 1, -2, false));
	}

	@ParameterizedTest
	@MethodSource("wrongAttempts")
	void executeWhenItsAttemptCannotBeIsRefused(Attempt attempt) {
		byte[] frame = frame(new Execute(1, attempt, Map.of(), null, Payload.of(new byte[0])));
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> read(frame))
			.withMessageContaining("An attempt of");
	}

	@Test
	void executeWhenTwoEntriesHaveOneNameIsRefused() {
		byte[] frame = frame(new Execute(1, Map.of("a", "x", "b", "y"), null, Payload.of(new byte[0])));
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
		for (int i = 0; i < 5_000; i++) {
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
		MessageWriter.writeHeader(new Execute(1, Payload.of(new byte[0])), 1001, header);
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
		assertThat(new Hello("secret", 0, 1, "1", false).toString()).doesNotContain("secret");
		assertThat(configure(null).toString()).doesNotContain("välue");
		assertThat(new Execute(1, Map.of("a", "secret"), null, Payload.of(new byte[0])).toString())
			.doesNotContain("secret");
	}

	@Test
	void attachmentsWhenThereIsNoneTakeFourBytes() {
		assertThat(frame(new Completed(1, Payload.of(new byte[3])))).hasSize(Frame.HEADER_BYTES + 4 + 3);
	}

	@Test
	void attachmentsWhenSentArriveEachAsAnArrayOfItsOwn() throws Exception {
		byte[] whole = { 9, 1, 2, 3, 9 };
		ByteBuffer direct = ByteBuffer.allocateDirect(2).put(0, (byte) 7);
		Payload payload = new Payload(whole, 1, 3, List.of(ByteBuffer.wrap(whole, 1, 2), direct));
		Completed read = (Completed) read(frame(new Completed(1, payload)));
		assertThat(head(read.payload())).containsExactly(1, 2, 3);
		assertThat(read.payload().attachments()).extracting(Payload::bytesOf)
			.containsExactly(new byte[] { 1, 2 }, new byte[] { 7, 0 });
		assertThat(payload.size()).isEqualTo(7);
		assertThat(direct.remaining()).isEqualTo(2);
	}

	// Number of a method, and the length of its definition.
	static Stream<Arguments> wrongMethods() {
		return Stream.of(Arguments.of(MethodNumber.MAX + 1, 0, "number 1025, when 1024"),
				Arguments.of(-MethodNumber.MAX - 1, 0, "number -1025, when 1024"),
				Arguments.of(Integer.MIN_VALUE, 0, "number -2147483648, when 1024"),
				Arguments.of(-1, -1, "definition of -1 bytes, when 8192"),
				Arguments.of(-1, MethodNumber.MAX_DEFINITION_BYTES + 1, "definition of 8193 bytes, when 8192"),
				Arguments.of(-1, 5, "5 bytes wanted, 4 left"));
	}

	@ParameterizedTest
	@MethodSource("wrongMethods")
	void methodWhenItsNumberOrDefinitionIsWrongIsRefused(int number, int length, String message) throws Exception {
		byte[] body = ByteBuffer.allocate(4 * Integer.BYTES).putInt(4, number).putInt(8, length).array();
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES);
		MessageWriter.writeHeader(new Execute(1, Payload.of(body)), body.length, frame);
		MessageReader reader = MessageReader.readHeader(frame.flip(), MAX_BODY);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> reader.read(body, List.of()))
			.withMessageContaining(message);
	}

	// Count and lengths of attachments, and what is said of them.
	static Stream<Arguments> lies() {
		return Stream.of(Arguments.of(new int[] { -1 }, "A count of -1"), Arguments.of(new int[] { 9 }, "A count of 9"),
				Arguments.of(new int[] { 2, 1 }, "A count of 2 with 4 bytes left"),
				Arguments.of(new int[] { 1, -1 }, "of -1 bytes"),
				Arguments.of(new int[] { 1, MAX_BODY }, "of " + MAX_BODY + " bytes"),
				Arguments.of(new int[] { 2, 10, MAX_BODY - 20 }, "of 22, when"),
				Arguments.of(new int[] { 2, Integer.MAX_VALUE, Integer.MAX_VALUE }, "of 2147483647 bytes"),
				Arguments.of(tooMany(), "257 attachments, when 256"),
				Arguments.of(new int[] { 1, Integer.MIN_VALUE }, "of -2147483648 bytes"));
	}

	private static int[] tooMany() {
		int[] announced = new int[Payload.MAX_ATTACHMENTS + 2];
		announced[0] = Payload.MAX_ATTACHMENTS + 1;
		return announced;
	}

	@ParameterizedTest
	@MethodSource("lies")
	void attachmentsWhenAnnouncedWronglyAreRefusedBeforeTheyAreRead(int[] announced, String message) throws Exception {
		ByteBuffer body = ByteBuffer.allocate(Integer.BYTES * announced.length);
		body.asIntBuffer().put(announced);
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES);
		MessageWriter.writeHeader(new Completed(1, Payload.of(new byte[0])), body.capacity(), frame);
		MessageReader reader = MessageReader.readHeader(frame.flip(), MAX_BODY);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> reader.attachments(body.array()))
			.withMessageContaining(message);
	}

	private static Payload attached(byte[] head) {
		return new Payload(head, 0, head.length, List.of(ByteBuffer.wrap(new byte[] { 4, 5 }), ByteBuffer.allocate(0)));
	}

	private static boolean isSame(Payload one, Payload other) {
		return Arrays.equals(head(one), head(other)) && one.attachments().equals(other.attachments());
	}

	private static byte[] head(Payload payload) {
		return Arrays.copyOfRange(payload.bytes(), payload.start(), payload.start() + payload.length());
	}

	private static byte[] frame(Message message) {
		byte[] prefix = MessageWriter.prefix(message);
		Payload body = MessageWriter.body(message);
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + prefix.length + (int) body.size());
		MessageWriter.writeHeader(message, prefix.length + body.length(), frame);
		frame.put(prefix).put(body.bytes(), body.start(), body.length());
		body.attachments().forEach((attachment) -> frame.put(attachment.duplicate()));
		return frame.array();
	}

	private static Message read(byte[] frame) throws ProtocolException {
		ByteBuffer buffer = ByteBuffer.wrap(frame);
		MessageReader reader = MessageReader.readHeader(buffer, MAX_BODY);
		byte[] body = next(reader.bodyLength(), buffer);
		List<ByteBuffer> attachments = new ArrayList<>();
		for (int length : reader.attachments(body)) {
			attachments.add(ByteBuffer.wrap(next(length, buffer)));
		}
		return reader.read(body, attachments);
	}

	private static byte[] next(int length, ByteBuffer from) {
		byte[] bytes = new byte[Math.min(length, from.remaining())];
		from.get(bytes);
		return bytes;
	}

}
