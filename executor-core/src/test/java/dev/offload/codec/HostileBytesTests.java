package dev.offload.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.Task;
import dev.offload.codec.Invoices.Invoice;
import dev.offload.codec.Invoices.Line;
import dev.offload.spi.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link TaskCodec}: bytes from a worker that went mad break nothing.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileBytesTests {

	private static final int ROUNDS = 3_000;

	private static final long MANY_BYTES = 64_000_000;

	private final TaskCodec codec = Codecs.codec();

	private final Random random = new Random(42);

	@Test
	void resultWhenMutatedIsReadOrRefused() {
		for (Object value : List.of(sample(), "text", new byte[100], new byte[20_000], new int[100], Map.of("a", 1),
				7L)) {
			Payload payload = this.codec.encodeResult(value);
			mutate(payload, (bytes) -> this.codec.decodeResult(bytes, Codecs.service()));
		}
	}

	@Test
	void requestWhenMutatedIsReadOrRefused() {
		Task<Integer> task = "abc"::length;
		mutate(this.codec.encodeTask(task), this::readRequest);
		for (Object value : List.of(sample(), "text", "x".repeat(20_000))) {
			mutate(this.codec.encodeInvocation(
					Invocation.ofStatic(Codecs.method(Invoices.class, "anything"), value, new byte[10_000])),
					this::readRequest);
		}
	}

	@Test
	void failureWhenMutatedAlwaysGivesAnException() {
		Payload payload = this.codec.encodeFailure(new IllegalStateException("a", new RuntimeException("b")));
		mutate(payload, (bytes) -> assertThat(this.codec.decodeFailure(bytes, Codecs.service())).isNotNull());
	}

	@Test
	void payloadWhenCutIsRefused() {
		Payload payload = this.codec.encodeResult(sample());
		for (int i = 0; i < payload.length(); i++) {
			Payload cut = new Payload(payload.bytes(), 0, i, List.of());
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> this.codec.decodeResult(cut, Codecs.service()))
				.withMessageContaining("its bytes are damaged");
		}
	}

	@Test
	void arrayWhenLargerThanItsBytesIsRefusedBeforeItIsMade() throws IOException {
		assertRefusedCheaply(announce("[B", Integer.MAX_VALUE - 8, 0));
		assertRefusedCheaply(announce("[J", 500_000_000, 0));
		assertRefusedCheaply(announce("[Ljava.lang.Object;", Integer.MAX_VALUE - 8, 0));
		assertRefusedCheaply(announce("[[I", 100_000_000, 0));
	}

	@Test
	void arraysWhenNestedAndEachAnnouncesAllThatIsLeftAreRefused() throws IOException {
		assertRefusedCheaply(announce("[Ljava.lang.Object;", 200_000, 900));
	}

	@Test
	void ownFormatWhenItAnnouncesMoreThanItHasIsRefusedBeforeAllocation() {
		assertRefusedCheaply(new byte[] { 0, 11, 0x7F, -1, -1, -9 });
		assertRefusedCheaply(new byte[] { 0, 10, 1, 0x7F, -1, -1, -9 });
		assertRefusedCheaply(new byte[] { 0, 11, -1, -1, -1, -1 });
	}

	@Test
	void rubbishWhenReadIsRefused() {
		for (int i = 0; i < ROUNDS; i++) {
			byte[] bytes = new byte[this.random.nextInt(200)];
			this.random.nextBytes(bytes);
			Payload payload = Payload.of(bytes);
			expectOnlyPayloadErrors(payload, (rubbish) -> this.codec.decodeResult(rubbish, Codecs.service()));
			expectOnlyPayloadErrors(payload, this::readRequest);
			assertThat(this.codec.decodeFailure(payload, Codecs.service())).isNotNull();
		}
	}

	private void readRequest(Payload payload) {
		TaskRequest request = this.codec.readRequest(payload);
		if (request instanceof TaskRequest.OfTask task) {
			this.codec.decodeTask(task, Codecs.worker());
		}
		else if (request instanceof TaskRequest.OfInvocation invocation) {
			this.codec.decodeArguments(invocation, Codecs.worker());
		}
	}

	private void assertRefusedCheaply(byte[] bytes) {
		Payload payload = Payload.of(bytes);
		long before = allocated();
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(payload, Codecs.service()));
		assertThat(allocated() - before).isLessThan(MANY_BYTES);
	}

	private void mutate(Payload payload, Reader reader) {
		for (int i = 0; i < ROUNDS; i++) {
			byte[] mutated = Arrays.copyOf(payload.bytes(), payload.length());
			int changes = 1 + this.random.nextInt(4);
			for (int k = 0; k < changes; k++) {
				mutated[this.random.nextInt(mutated.length)] = (byte) this.random.nextInt();
			}
			expectOnlyPayloadErrors(new Payload(mutated, 0, mutated.length, payload.attachments()), reader);
		}
	}

	private static void expectOnlyPayloadErrors(Payload payload, Reader reader) {
		long before = allocated();
		Throwable thrown = catchThrowable(() -> reader.read(payload));
		if (thrown != null) {
			assertThat(thrown).isInstanceOf(PayloadException.class);
		}
		assertThat(allocated() - before).isLessThan(MANY_BYTES);
	}

	private static long allocated() {
		var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
		return threads.getCurrentThreadAllocatedBytes();
	}

	private static Invoice sample() {
		Invoice invoice = new Invoice();
		invoice.customer.lines.add(new Line(BigDecimal.ONE, List.of(1, 2)));
		invoice.customer.attachments = new Object[] { new long[20], new HashMap<>(Map.of("a", 1)), "text",
				new IdentityHashMap<>(), Duration.ofDays(3), new ArrayList<>(List.of(1)),
				java.util.EnumSet.of(java.util.concurrent.TimeUnit.DAYS) };
		return invoice;
	}

	/**
	 * An array that announces a length, and in it so many more that do the same.
	 * @param type the name of its class
	 * @param length the length of each
	 * @param nested how many more
	 * @return the payload of a result
	 * @throws IOException never
	 */
	private static byte[] announce(String type, int length, int nested) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeByte(1);
		out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
		out.writeShort(ObjectStreamConstants.STREAM_VERSION);
		out.writeByte(ObjectStreamConstants.TC_ARRAY);
		out.writeByte(ObjectStreamConstants.TC_CLASSDESC);
		out.writeUTF(type);
		out.writeLong(0);
		out.writeByte(ObjectStreamConstants.SC_SERIALIZABLE);
		out.writeShort(0);
		out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
		out.writeByte(ObjectStreamConstants.TC_NULL);
		out.writeInt(length);
		for (int i = 0; i < nested; i++) {
			out.writeByte(ObjectStreamConstants.TC_ARRAY);
			out.writeByte(ObjectStreamConstants.TC_REFERENCE);
			out.writeInt(ObjectStreamConstants.baseWireHandle);
			out.writeInt(length);
		}
		if (nested > 0) {
			out.write(new byte[length]);
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads a payload.
	 */
	private interface Reader {

		void read(Payload payload);

	}

}
