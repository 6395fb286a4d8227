package dev.offload.codec.kryo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecordCodes}.
 */
class RecordCodesTests {

	private final KryoPayloadCodec codec = new KryoPayloadCodec();

	@Test
	void recordOfAllKindsIsWrittenAndMadeByCode() throws Exception {
		assertThat(RecordCodes.of(Kinds.class)).isNotNull();
		for (Kinds kinds : List.of(
				new Kinds(true, (byte) -1, 'x', (short) -2, 1.5F, Math.PI, -3, Long.MIN_VALUE, "t", 5, null),
				new Kinds(false, (byte) 0, 'y', (short) 0, 0, 0, 0, 0, null, null, List.of(1)))) {
			assertThat(echo(kinds, getClass().getClassLoader())).isEqualTo(kinds);
		}
		assertThat(RecordCodes.of(Empty.class)).isNotNull();
		assertThat(echo(new Empty(), getClass().getClassLoader())).isEqualTo(new Empty());
	}

	// As in a loader that is no child of that of the codec.
	@Test
	void recordThatDoesNotSeeTheCodecIsWrittenAsTheSameBytes() throws Exception {
		URL classes = Kinds.class.getProtectionDomain().getCodeSource().getLocation();
		try (URLClassLoader apart = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader())) {
			Object foreign = makeFirst(apart.loadClass(Kinds.class.getName()));
			Object own = makeFirst(Kinds.class);
			assertThat(RecordCodes.of(foreign.getClass())).isNull();
			assertThat(encode(foreign)).isEqualTo(encode(own));
			assertThat(echo(foreign, apart)).isEqualTo(foreign).hasToString(own.toString());
		}
	}

	@Test
	void recordsOfBothWaysKeepWhatIsThereTwice() throws Exception {
		URL classes = Kinds.class.getProtectionDomain().getCodeSource().getLocation();
		try (URLClassLoader apart = new URLClassLoader(new URL[] { classes }, ClassLoader.getPlatformClassLoader())) {
			Object foreign = makeFirst(apart.loadClass(Kinds.class.getName()));
			List<Object> list = new ArrayList<>(List.of(foreign, new Object[] { foreign }));
			List<?> arrived = (List<?>) echo(list, apart);
			assertThat(arrived).isNotNull();
			if (arrived != null) {
				assertThat(((Object[]) arrived.get(1))[0]).isSameAs(arrived.get(0));
			}
		}
	}

	// By reflection: one of them is of a class that the compiler does not know.
	private static Object makeFirst(Class<?> type) throws ReflectiveOperationException {
		Constructor<?> constructor = type.getDeclaredConstructors()[0];
		constructor.setAccessible(true);
		return constructor.newInstance(true, (byte) 1, 'x', (short) 2, 1.5F, 2.5, 3, 4L, "text", 5, List.of(6));
	}

	private @Nullable Object echo(Object value, ClassLoader loader) throws IOException, ClassNotFoundException {
		PayloadScope scope = new PayloadScope(loader, (type) -> true, PayloadLimits.ofBytes(1_000_000));
		return this.codec.decode(new ByteArrayInputStream(encode(value)), scope);
	}

	private byte[] encode(Object value) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.codec.encode(value, out);
		return out.toByteArray();
	}

	// What is private is called, too.
	private record Kinds(boolean one, byte two, char three, short four, float five, double six, int seven, long eight,
			@Nullable String nine, @Nullable Integer ten, @Nullable List<Integer> eleven) {
	}

	private record Empty() {
	}

}
