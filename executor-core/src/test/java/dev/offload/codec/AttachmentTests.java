package dev.offload.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TaskCodec}: what is large travels beside the payload's head.
 */
class AttachmentTests {

	private static final int LARGE = PayloadWriter.ATTACHED_BYTES;

	private final TaskCodec codec = Codecs.codec();

	@Test
	void arrayWhenLargeIsAttachedAndNeverCopied() {
		byte[] large = random(LARGE);
		Payload payload = this.codec.encodeResult(large);
		assertThat(payload.length()).isLessThan(20);
		assertThat(payload.size()).isEqualTo(payload.length() + LARGE);
		assertThat(payload.attachments().get(0).array()).isSameAs(large);
		assertThat(this.codec.decodeResult(payload, Codecs.service())).isSameAs(large);
		assertThat(arguments(1, large)).containsExactly(1, large);
	}

	@Test
	void arrayWhenSmallIsCopied() {
		byte[] small = random(LARGE - 1);
		Payload payload = this.codec.encodeResult(small);
		assertThat(payload.attachments()).isEmpty();
		assertThat(this.codec.decodeResult(payload, Codecs.service())).isEqualTo(small).isNotSameAs(small);
	}

	@Test
	void payloadWhenDetachedHasAttachmentsOfItsOwn() {
		byte[] array = random(LARGE);
		ByteBuffer direct = ByteBuffer.allocateDirect(LARGE).put(array).flip();
		Payload payload = this.codec.encodeInvocation(call(array, direct)).detached();
		byte[] before = array.clone();
		Arrays.fill(array, (byte) 0);
		direct.put(0, new byte[LARGE]);
		assertThat(arguments(payload)).containsExactly(before, ByteBuffer.wrap(before));
	}

	static Stream<ByteBuffer> buffers() {
		byte[] bytes = random(3 * LARGE);
		return Stream.of(2, LARGE, 2 * LARGE)
			.flatMap((length) -> Stream.of(ByteBuffer.wrap(bytes, 1, length),
					ByteBuffer.wrap(bytes).slice(5, length).asReadOnlyBuffer(),
					ByteBuffer.allocateDirect(length).put(0, bytes, 0, length),
					ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN)));
	}

	@ParameterizedTest
	@MethodSource("buffers")
	void bufferArrivesWithWhatIsLeftInIt(ByteBuffer buffer) {
		int position = buffer.position();
		int limit = buffer.limit();
		ByteBuffer arrived = (ByteBuffer) this.codec.decodeResult(this.codec.encodeResult(buffer), Codecs.service());
		assertThat(arrived).isEqualTo(buffer);
		assertThat(arrived.order()).isEqualTo(buffer.order());
		assertThat(arrived.position()).isZero();
		assertThat(arrived.hasArray()).isTrue();
		assertThat(arguments(buffer, "text")).containsExactly(buffer, "text");
		assertThat(buffer.position()).isEqualTo(position);
		assertThat(buffer.limit()).isEqualTo(limit);
	}

	@Test
	void argumentsWhenRepeatedArriveAsOne() {
		byte[] large = random(LARGE);
		ByteBuffer buffer = ByteBuffer.wrap(random(10));
		Payload payload = this.codec.encodeInvocation(call(large, buffer, "a", large, buffer));
		assertThat(payload.attachments()).hasSize(1);
		Object[] arrived = arguments(payload);
		assertThat(arrived[3]).isSameAs(arrived[0]);
		assertThat(arrived[4]).isSameAs(arrived[1]);
	}

	static Stream<Object> numbers() {
		return Stream.of(3, 0, LARGE)
			.flatMap((count) -> Stream.of(new Random(1).ints(count).toArray(), new Random(1).longs(count).toArray(),
					new Random(1).doubles(count).toArray(), floats(count)));
	}

	private static float[] floats(int count) {
		float[] floats = new float[count];
		Arrays.fill(floats, -0.0f);
		return floats;
	}

	@ParameterizedTest
	@MethodSource("numbers")
	void numbersArriveAsTheyWereWithoutAnObjectStream(Object numbers) {
		Payload payload = this.codec.encodeResult(numbers);
		assertThat(payload.bytes()[0]).isZero();
		assertThat(this.codec.decodeResult(payload, Codecs.service())).isEqualTo(numbers);
		Object[] arrived = arguments(numbers, "text", numbers);
		assertThat(arrived[0]).isEqualTo(numbers);
		assertThat(arrived[2]).isSameAs(arrived[0]);
	}

	@Test
	void numbersWhenTheirBytesAreNoMultipleAreRefused() {
		for (byte tag : new byte[] { 14, 15, 16, 17 }) {
			assertRefused(Payload.of(new byte[] { 0, tag, 0, 0, 0, 3, 1, 2, 3 }), "3 bytes are no array of");
			assertRefused(Payload.of(new byte[] { 0, tag, 0x7F, -1, -1, -1 }), "bytes announced");
			assertRefused(Payload.of(new byte[] { 0, tag, -1, -1, -1, -2 }), "negative length");
			Payload odd = new Payload(new byte[] { 0, tag, -1, -1, -1, -1 }, 0, 6,
					List.of(ByteBuffer.allocate(LARGE + 1)));
			assertRefused(odd, LARGE + 1 + " bytes are no array of");
		}
	}

	@Test
	void headWhenOfSimpleValuesIsMadeInItsSize() {
		Payload payload = this.codec.encodeInvocation(call(1, 2L));
		assertThat(this.codec.encodeArguments(call(1, 2L)).bytes()).hasSize(1 + 4 + 5 + 9);
		assertThat(this.codec.encodeResult("abc").bytes()).hasSize(1 + 6 + 3);
		assertThat(this.codec.encodeResult(null).bytes()).hasSize(2);
		assertThat(arguments(payload)).containsExactly(1, 2L);
	}

	@Test
	void textWhenLongIsAttached() {
		String text = "ä\uD83D\uDE00".repeat(LARGE);
		Payload payload = this.codec.encodeResult(text);
		assertThat(payload.attachments()).hasSize(1);
		assertThat(this.codec.decodeResult(payload, Codecs.service())).isEqualTo(text);
		String broken = text + "\uD800";
		assertThat(this.codec.decodeResult(this.codec.encodeResult(broken), Codecs.service())).isEqualTo(broken);
	}

	@Test
	void limitCountsWhatIsAttached() {
		TaskCodec small = Codecs.codec(PayloadLimits.ofBytes(3 * LARGE));
		byte[] large = random(LARGE);
		assertThat(small.encodeInvocation(call(large, large.clone())).size()).isGreaterThan(2 * LARGE);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> small.encodeInvocation(call(large, large.clone(), large.clone())))
			.withMessageContaining("over the limit of " + 3 * LARGE + " bytes");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(this.codec.encodeResult(large),
					Codecs.scope(Codecs.TYPES, PayloadLimits.ofBytes(LARGE))))
			.withMessageContaining("over the limit of " + LARGE + " bytes");
	}

	@Test
	void attachmentsWhenMoreOrLessThanTheHeadSaysAreRefused() {
		byte[] large = random(LARGE);
		assertRefused(without(this.codec.encodeResult(large)), "an attachment announced, none left");
		assertRefused(without(this.codec.encodeResult("x".repeat(LARGE))), "an attachment announced, none left");
		for (Object value : List.of("text", 7, List.of("a"))) {
			Payload payload = this.codec.encodeResult(value);
			List<ByteBuffer> two = Collections.nCopies(2, ByteBuffer.wrap(large));
			assertRefused(new Payload(payload.bytes(), 0, payload.length(), two), "2 attachments too many");
		}
	}

	@Test
	void repetitionWhenOfNoEarlierValueIsRefused() {
		Payload payload = this.codec.encodeInvocation(call(new byte[1], "a"));
		int end = payload.length();
		for (byte index : new byte[] { -1, 1, 2 }) {
			byte[] bytes = Arrays.copyOf(payload.bytes(), end + 4);
			// In the place of the string: a repetition and the number of a value.
			bytes[end - 7] = 13;
			Arrays.fill(bytes, end - 6, end - 2, (index < 0) ? index : 0);
			bytes[end - 3] = index;
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> arguments(new Payload(bytes, 0, end - 2, List.of())))
				.withMessageContaining("no earlier value " + index);
		}
	}

	private void assertRefused(Payload payload, String message) {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(payload, Codecs.service()))
			.withMessageContainingAll("its bytes are damaged", message);
	}

	private static Payload without(Payload payload) {
		return Payload.of(Arrays.copyOf(payload.bytes(), payload.length()));
	}

	private Object[] arguments(Object... arguments) {
		return arguments(this.codec.encodeInvocation(call(arguments)));
	}

	private Object[] arguments(Payload payload) {
		TaskRequest.OfInvocation request = (TaskRequest.OfInvocation) this.codec.readRequest(payload);
		return this.codec.decodeArguments(request, Codecs.worker()).arguments();
	}

	private static Invocation call(Object... arguments) {
		String name = "take" + arguments.length;
		return Invocation.ofStatic(Codecs.method(AttachmentTests.class, name), arguments);
	}

	static void take2(Object first, Object second) {
	}

	static void take3(Object first, Object second, Object third) {
	}

	static void take5(Object first, Object second, Object third, Object fourth, Object fifth) {
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

}
