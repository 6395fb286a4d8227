package dev.offload.codec.kryo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;
import dev.offload.spi.RefusedTypeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ConstantForm}.
 */
class ConstantFormTests {

	private static final AtomicBoolean RECORD_RAN = new AtomicBoolean();

	private static final AtomicBoolean FIELD_RAN = new AtomicBoolean();

	private final KryoPayloadCodec codec = new KryoPayloadCodec();

	@Test
	void constantsOfComponentAreNotInitialisedBeforeTheyAreAdmitted() throws Exception {
		byte[] bytes = encode(new OfRecord(1, null));
		assertThat(decode(bytes, (type) -> !type.isEnum())).isEqualTo(new OfRecord(1, null));
		byte[] forged = withFirstConstant(bytes);
		assertThatExceptionOfType(RefusedTypeException.class)
			.isThrownBy(() -> decode(forged, (type) -> !type.isEnum()));
		assertThat(RECORD_RAN).isFalse();
		assertThat(decode(forged, (type) -> true)).isEqualTo(new OfRecord(1, InRecord.ONE));
		assertThat(RECORD_RAN).isTrue();
	}

	@Test
	void constantsOfFieldAreNotInitialisedBeforeTheyAreAdmitted() throws Exception {
		byte[] bytes = encode(new OfField());
		assertThat(decode(bytes, (type) -> !type.isEnum())).isInstanceOf(OfField.class);
		byte[] forged = withFirstConstant(bytes);
		assertThatExceptionOfType(RefusedTypeException.class)
			.isThrownBy(() -> decode(forged, (type) -> !type.isEnum()));
		assertThat(FIELD_RAN).isFalse();
		assertThat(decode(forged, (type) -> true)).isInstanceOfSatisfying(OfField.class,
				(arrived) -> assertThat(arrived.constant).isSameAs(InField.ONE));
		assertThat(FIELD_RAN).isTrue();
	}

	// Null is the last byte.
	private static byte[] withFirstConstant(byte[] bytes) {
		assertThat(bytes[bytes.length - 1]).isZero();
		byte[] forged = Arrays.copyOf(bytes, bytes.length + 1);
		forged[bytes.length - 1] = 1;
		return forged;
	}

	private @Nullable Object decode(byte[] bytes, Predicate<Class<?>> admitted)
			throws IOException, ClassNotFoundException {
		return this.codec.decode(new ByteArrayInputStream(bytes),
				new PayloadScope(getClass().getClassLoader(), admitted, PayloadLimits.ofBytes(1_000_000)));
	}

	private byte[] encode(Object value) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.codec.encode(value, out);
		return out.toByteArray();
	}

	private enum InRecord {

		ONE;

		static {
			RECORD_RAN.set(true);
		}

	}

	private enum InField {

		ONE;

		static {
			FIELD_RAN.set(true);
		}

	}

	private record OfRecord(int number, @Nullable InRecord constant) {
	}

	private static final class OfField {

		private @Nullable InField constant;

	}

}
