package dev.offload.codec.kryo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RecordCodes}.
 */
class RecordCodesTests {

	private static final int DEEP = 990;

	private static final long STACK = 1024 * 1024;

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

	// It has a module of its own, as one that is no child has.
	@Test
	void recordOfChildLoaderThatSeesTheCodecIsWrittenAsTheSameBytes() throws Exception {
		URL classes = Kinds.class.getProtectionDomain().getCodeSource().getLocation();
		try (ChildLoader child = new ChildLoader(classes, Kinds.class.getName())) {
			Object foreign = makeFirst(child.loadClass(Kinds.class.getName()));
			assertThat(foreign).isNotInstanceOf(Kinds.class);
			assertThat(child.loadClass(RecordCode.class.getName())).isSameAs(RecordCode.class);
			assertThat(RecordCodes.of(foreign.getClass())).isNull();
			assertThat(encode(foreign)).isEqualTo(encode(makeFirst(Kinds.class)));
			assertThat(echo(foreign, child)).isEqualTo(foreign);
		}
	}

	// Generated code would keep all components of each one on the stack.
	@Test
	void deepRecordsFitTheStackOfAThread() throws Exception {
		assertThat(RecordCodes.of(Wide.class)).isNotNull();
		Object[] values = new Object[61];
		Arrays.fill(values, 7L);
		values[60] = "innermost";
		for (int i = 0; i < DEEP; i++) {
			values[60] = Wide.class.getDeclaredConstructors()[0].newInstance(values);
		}
		Object sent = values[60];
		AtomicReference<@Nullable Object> arrived = new AtomicReference<>();
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Thread thread = new Thread(null, () -> {
			try {
				arrived.set(echo(sent, getClass().getClassLoader()));
			}
			catch (Throwable ex) {
				failure.set(ex);
			}
		}, "deep-records", STACK);
		thread.start();
		thread.join();
		assertThat(failure.get()).isNull();
		assertThat(arrived.get()).isNotNull();
		Object here = arrived.get();
		for (int i = 0; i < DEEP; i++) {
			assertThat(here).isInstanceOf(Wide.class);
			if (here instanceof Wide wide) {
				here = wide.next();
			}
		}
		assertThat(here).isEqualTo("innermost");
	}

	@Test
	void objectIsFoundAgainWhateverItsAccessorSays() throws Exception {
		Counting counting = new Counting("x");
		Object[] arrived = (Object[]) echo(new Object[] { counting, counting }, getClass().getClassLoader());
		assertThat(arrived).isNotNull();
		if (arrived != null) {
			assertThat(arrived[0]).isSameAs(arrived[1]);
		}
	}

	@Test
	void checkedExceptionOfAccessorDoesNotEscape() {
		assertThatIllegalStateException().isThrownBy(() -> encode(new Sneaky(1)))
			.withCauseExactlyInstanceOf(FileNotFoundException.class);
		assertThatIllegalStateException().isThrownBy(() -> encode(new SneakyText(1, "x")))
			.withCauseExactlyInstanceOf(FileNotFoundException.class);
	}

	// As many as a constructor takes, and more than its handle does.
	@Test
	void recordOfMostComponentsArrivesInBothForms() throws Exception {
		URL classes = Largest.class.getProtectionDomain().getCodeSource().getLocation();
		assertThat(RecordCodes.of(Largest.class)).isNotNull();
		try (ChildLoader child = new ChildLoader(classes, Largest.class.getName())) {
			Class<?> foreign = child.loadClass(Largest.class.getName());
			assertThat(RecordCodes.of(foreign)).isNull();
			for (Class<?> type : List.of(Largest.class, foreign)) {
				Constructor<?> constructor = type.getDeclaredConstructors()[0];
				constructor.setAccessible(true);
				Object largest = constructor.newInstance(LongStream.range(0, 127).boxed().toArray());
				assertThat(echo(largest, type.getClassLoader())).isEqualTo(largest);
			}
		}
	}

	@Test
	void componentOfAnotherClassIsDamagedBytesInBothForms() throws Exception {
		URL classes = Kinds.class.getProtectionDomain().getCodeSource().getLocation();
		GraphKryo kryo = new GraphKryo(getClass().getClassLoader());
		try (ChildLoader child = new ChildLoader(classes, Kinds.class.getName())) {
			for (Class<?> type : List.of(Kinds.class, child.loadClass(Kinds.class.getName()))) {
				byte[] bytes = encode(makeFirst(type));
				// Its class, that it is new, its length, the class and the value of one
				// element.
				int place = bytes.length - 5;
				assertThat(bytes[place]).isEqualTo(numberOf(kryo, ArrayList.class));
				bytes[place] = numberOf(kryo, HashSet.class);
				assertThatExceptionOfType(StreamCorruptedException.class)
					.isThrownBy(() -> decode(bytes, type.getClassLoader()))
					.withRootCauseInstanceOf(ClassCastException.class);
			}
		}
	}

	private static byte numberOf(GraphKryo kryo, Class<?> type) {
		Output output = new Output(8);
		kryo.writeClass(output, type);
		assertThat(output.position()).isOne();
		return output.getBuffer()[0];
	}

	// By reflection: one of them is of a class that the compiler does not know.
	private static Object makeFirst(Class<?> type) throws ReflectiveOperationException {
		Constructor<?> constructor = type.getDeclaredConstructors()[0];
		constructor.setAccessible(true);
		return constructor.newInstance(true, (byte) 1, 'x', (short) 2, 1.5F, 2.5, 3, 4L, "text", 5,
				new ArrayList<>(List.of(6)));
	}

	private @Nullable Object echo(Object value, ClassLoader loader) throws IOException, ClassNotFoundException {
		return decode(encode(value), loader);
	}

	private @Nullable Object decode(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
		PayloadScope scope = new PayloadScope(loader, (type) -> true, PayloadLimits.ofBytes(1_000_000));
		return this.codec.decode(new ByteArrayInputStream(bytes), scope);
	}

	private byte[] encode(Object value) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.codec.encode(value, out);
		return out.toByteArray();
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void fail(Throwable failure) throws T {
		throw (T) failure;
	}

	// What is private is called, too.
	private record Kinds(boolean one, byte two, char three, short four, float five, double six, int seven, long eight,
			@Nullable String nine, @Nullable Integer ten, @Nullable List<Integer> eleven) {
	}

	private record Empty() {
	}

	record Wide(long c0, long c1, long c2, long c3, long c4, long c5, long c6, long c7, long c8, long c9, long c10,
			long c11, long c12, long c13, long c14, long c15, long c16, long c17, long c18, long c19, long c20,
			long c21, long c22, long c23, long c24, long c25, long c26, long c27, long c28, long c29, long c30,
			long c31, long c32, long c33, long c34, long c35, long c36, long c37, long c38, long c39, long c40,
			long c41, long c42, long c43, long c44, long c45, long c46, long c47, long c48, long c49, long c50,
			long c51, long c52, long c53, long c54, long c55, long c56, long c57, long c58, long c59, Object next) {
	}

	record Counting(String text) {

		private static final AtomicInteger CALLS = new AtomicInteger();

		@Override
		public String text() {
			return this.text + CALLS.incrementAndGet();
		}

	}

	record Sneaky(int number) {

		@Override
		public int number() {
			RecordCodesTests.<RuntimeException>fail(new FileNotFoundException("checked"));
			return this.number;
		}

	}

	record SneakyText(Object other, String text) {

		@Override
		public String text() {
			RecordCodesTests.<RuntimeException>fail(new FileNotFoundException("checked"));
			return this.text;
		}

	}

	/**
	 * Sees the codec, and has one class of its own.
	 */
	private static final class ChildLoader extends URLClassLoader {

		private final String own;

		ChildLoader(URL classes, String own) {
			super(new URL[] { classes }, RecordCodesTests.class.getClassLoader());
			this.own = own;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(this.own)) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : findClass(name);
			}
		}

	}

}
