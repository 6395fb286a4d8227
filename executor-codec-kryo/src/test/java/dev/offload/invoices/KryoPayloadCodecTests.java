package dev.offload.invoices;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

import com.esotericsoftware.kryo.util.Util;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.Task;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadCodecs;
import dev.offload.codec.TaskCodec;
import dev.offload.codec.TaskRequest;
import dev.offload.codec.kryo.KryoPayloadCodec;
import dev.offload.invoices.Samples.Pair;
import dev.offload.invoices.Samples.PlainInvoice;
import dev.offload.invoices.Samples.PlainLine;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadScope;
import dev.offload.spi.RefusedTypeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what only {@link KryoPayloadCodec} does.
 */
class KryoPayloadCodecTests {

	private final KryoPayloadCodec kryo = new KryoPayloadCodec();

	private final TaskCodec codec = new TaskCodec(this.kryo, "pdf", PayloadCodecContract.LIMITS);

	@Test
	void codecIsFoundByItsName() {
		assertThat(PayloadCodecs.of(ExecutorSpec.builder("pdf").codec("kryo").build(), new JdkPayloadCodec()))
			.isInstanceOf(KryoPayloadCodec.class);
	}

	@Test
	void rawMemoryIsNotUsed() {
		assertThat(Util.isUnsafeAvailable()).isFalse();
		assertThat(System.getProperty("kryo.unsafe")).isNull();
	}

	@Test
	void objectThatIsNotSerializableArrives() {
		PlainInvoice invoice = invoice().withExtra(new Object[] { new PlainLine("b", 2) });
		PlainInvoice arrived = (PlainInvoice) echo(invoice);
		assertThat(arrived).isNotNull().usingRecursiveComparison().isEqualTo(invoice);
	}

	@Test
	void innerAndAnonymousObjectsArriveWithWhatTheyHold() throws Exception {
		Task<String> task = new Outer("outer").task("captured");
		TaskRequest request = this.codec.readRequest(this.codec.encodeTask(task));
		Task<?> arrived = this.codec.decodeTask((TaskRequest.OfTask) request,
				PayloadCodecContract.scope(PayloadCodecContract.TYPES.withLambdas()));
		assertThat(arrived.run()).isEqualTo("captured in outer");
	}

	@Test
	void lambdaArrivesWithWhatItCapturedThoughThatIsNotSerializable() throws Exception {
		PlainInvoice invoice = invoice();
		Task<String> task = () -> invoice.number() + invoice.lines().get(0).article();
		TaskRequest request = this.codec.readRequest(this.codec.encodeTask(task));
		Task<?> arrived = this.codec.decodeTask((TaskRequest.OfTask) request,
				PayloadCodecContract.scope(PayloadCodecContract.TYPES.withLambdas()));
		assertThat(arrived.run()).isEqualTo("7a");
	}

	@Test
	void objectThatCannotBeSentIsNamedWithItsPath() throws Exception {
		PlainInvoice invoice = invoice().withExtra(new Pair<>(1, new Thread()));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(
				() -> this.codec.encodeInvocation(Invocation.ofStatic(PayloadCodecContract.method("number"), invoice)))
			.withMessage("The call of Samples.number cannot be sent to a worker of executor 'pdf': argument 1 (invoice)"
					+ ".extra.second is a java.lang.Thread, which the codec 'kryo' cannot write; make the field "
					+ "transient, or send the data it holds instead")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo("argument 1 (invoice).extra.second"));
	}

	@Test
	void objectThatHoldsItselfThroughARecordIsRefused() {
		List<Object> list = new ArrayList<>();
		Pair<Object, Object> pair = new Pair<>(list, 1);
		list.add(pair);
		Payload payload = this.codec.encodeResult(pair);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(payload, PayloadCodecContract.service()))
			.withMessageContaining("holds itself through a record");
	}

	@Test
	void listOfNothingButNullArrives() {
		List<?> nulls = new ArrayList<>(Collections.nCopies(10_000, null));
		assertThat(echo(nulls)).isEqualTo(nulls);
	}

	@Test
	void objectInAFieldOfAnotherTypeIsRefused() throws Exception {
		// Of one length, so that one name can stand where the other was.
		byte[] bytes = encode(new Samples.Text("x"));
		assertThat(read(bytes)).isEqualTo(new Samples.Text("x"));
		byte[] holder = encode(new Wrong1(new Right1()));
		byte[] forged = replace(holder, "Right1", "Wrong2");
		assertThatExceptionOfType(StreamCorruptedException.class).isThrownBy(() -> read(forged))
			.withRootCauseInstanceOf(ClassCastException.class);
	}

	@Test
	void valuesThatNobodyWroteAreDamagedBytes() throws Exception {
		byte[] date = encode(LocalDate.of(2026, 12, 31));
		date[date.length - 1] = 77;
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(payload(date), PayloadCodecContract.service()))
			.withMessageContaining("its bytes are damaged")
			.withMessageContaining("DateTimeException");
	}

	@Test
	void constantThatThereIsNotIsDamagedBytes() throws Exception {
		byte[] bytes = encode(new Samples.Priced(Samples.State.OPEN, null));
		for (int place : new int[] { bytes.length - 1, bytes.length - 2, bytes.length - 3 }) {
			byte[] forged = bytes.clone();
			forged[place] = 9;
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> this.codec.decodeResult(payload(forged), PayloadCodecContract.service()))
				.withMessageContaining("its bytes are damaged");
		}
	}

	@Test
	void constructorOfARecordThatFailsIsNamed() throws Exception {
		byte[] bytes = encode(new Positive(5));
		bytes[bytes.length - 1] = 9;
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(payload(bytes), PayloadCodecContract.service()))
			.withMessageContaining("the constructor of " + Positive.class.getName()
					+ " failed with java.lang.IllegalArgumentException: -5")
			.withMessageNotContaining("damaged");
	}

	@Test
	void constructorThatFailsInsideARecordOfTheSameClassIsNamedOnce() throws Exception {
		byte[] bytes = encode(new Counted(1, new Counted(2, null)));
		// The inner one, whose number comes before its null.
		bytes[bytes.length - 2] = 9;
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(bytes))
			.withMessage("the constructor of " + Counted.class.getName()
					+ " failed with java.lang.IllegalArgumentException: -5");
	}

	@Test
	void classOfTheCodecIsNotAdmitted() throws Exception {
		assertThatExceptionOfType(RefusedTypeException.class).isThrownBy(() -> read(encode(KryoPayloadCodec.class)));
	}

	@Test
	void lengthThatTheBytesCannotHoldIsRefusedBeforeAllocation() throws Exception {
		for (Object container : List.of(new ArrayList<>(List.of(1)), new Object[] { 1 }, new int[] { 1 },
				new long[] { 1 }, new byte[] { 1 }, List.of(1, 2, 3), new java.util.HashMap<>(java.util.Map.of(1, 2)),
				new java.util.HashSet<>(List.of(1)), new java.util.ArrayDeque<>(List.of(1)))) {
			byte[] bytes = encode(container);
			for (int place = 0; place < Math.min(bytes.length, 4); place++) {
				byte[] forged = withHugeNumber(bytes, place);
				long before = PayloadCodecContract.allocated();
				try {
					read(forged);
				}
				catch (IOException | RuntimeException expected) {
					assertThat(expected).isNotNull();
				}
				assertThat(PayloadCodecContract.allocated() - before).isLessThan(1_000_000);
			}
		}
	}

	@Test
	void nestedArraysThatEachAnnounceAllThatIsLeftAreRefused() throws Exception {
		Object nested = new Object[0];
		for (int i = 0; i < 900; i++) {
			nested = new Object[] { nested, new byte[100_000 / 900] };
		}
		byte[] bytes = encode(nested);
		// The form of an array: its class, that it is new, its length.
		byte[] start = Arrays.copyOf(bytes, 3);
		ByteArrayOutputStream forged = new ByteArrayOutputStream();
		for (int i = 0; i < 900; i++) {
			forged.write(start, 0, 2);
			forged.write(new byte[] { (byte) 0xA0, (byte) 0x8D, 0x06 });
		}
		forged.write(new byte[100_000]);
		long before = PayloadCodecContract.allocated();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(forged.toByteArray()))
			.withMessageContaining("more than its bytes can hold");
		assertThat(PayloadCodecContract.allocated() - before).isLessThan(5_000_000);
	}

	@Test
	void manyThreadsUseOneCodec() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Boolean>> calls = Stream
				.generate(() -> (Callable<Boolean>) () -> Samples.invoice(20).equals(echo(Samples.invoice(20))))
				.limit(200)
				.toList();
			for (Future<Boolean> future : threads.invokeAll(calls)) {
				assertThat(future.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void classesHaveTheSameNumbersWhateverWasWrittenBefore() throws Exception {
		byte[] first = encode(Samples.invoice(2));
		encode(new Pair<>(new PlainLine("x", 1), Samples.State.SENT));
		assertThat(encode(Samples.invoice(2))).isEqualTo(first);
		assertThat(new KryoPayloadCodec().decode(new ByteArrayInputStream(first), PayloadCodecContract.service()))
			.isEqualTo(Samples.invoice(2));
	}

	@Test
	void interfaceOfALockIsNotSent() {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.encodeResult(new Pair<>(Lock.class, new Object())))
			.withMessageContaining("java.lang.Object");
	}

	private static PlainInvoice invoice() {
		return new PlainInvoice("7", List.of(new PlainLine("a", 1)));
	}

	private @Nullable Object echo(Object value) {
		return this.codec.decodeResult(this.codec.encodeResult(value), PayloadCodecContract.service());
	}

	private byte[] encode(Object value) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.kryo.encode(value, out);
		return out.toByteArray();
	}

	private @Nullable Object read(byte[] bytes) throws IOException, ClassNotFoundException {
		PayloadScope scope = PayloadCodecContract.service();
		return this.kryo.decode(new ByteArrayInputStream(bytes), scope);
	}

	private static Payload payload(byte[] object) {
		byte[] bytes = new byte[object.length + 1];
		bytes[0] = 1;
		System.arraycopy(object, 0, bytes, 1, object.length);
		return Payload.of(bytes);
	}

	private static byte[] replace(byte[] bytes, String from, String to) {
		String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
		assertThat(text).contains(from);
		return text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
	}

	private static byte[] withHugeNumber(byte[] bytes, int place) {
		byte[] forged = new byte[bytes.length + 4];
		System.arraycopy(bytes, 0, forged, 0, place);
		byte[] huge = { (byte) 0xF0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7 };
		System.arraycopy(huge, 0, forged, place, 5);
		System.arraycopy(bytes, place + 1, forged, place + 5, bytes.length - place - 1);
		return forged;
	}

	record Positive(int value) {

		Positive {
			if (value < 0) {
				throw new IllegalArgumentException("" + value);
			}
		}

	}

	record Counted(int value, @Nullable Counted inner) {

		Counted {
			if (value < 0) {
				throw new IllegalArgumentException("" + value);
			}
		}

	}

	/**
	 * Not serializable, and held by what it makes.
	 */
	static class Outer {

		private final String name;

		Outer(String name) {
			this.name = name;
		}

		Task<String> task(String text) {
			return new Task<>() {
				@Override
				public String run() {
					return text + " in " + Outer.this.name;
				}
			};
		}

	}

	/**
	 * Holds one of the others.
	 */
	static class Wrong1 {

		final Right1 held;

		Wrong1(Right1 held) {
			this.held = held;
		}

	}

	/**
	 * Right.
	 */
	static class Right1 {

	}

	/**
	 * Wrong.
	 */
	static class Wrong2 {

	}

}
