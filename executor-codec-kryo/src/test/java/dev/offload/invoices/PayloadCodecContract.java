package dev.offload.invoices;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.Task;
import dev.offload.codec.AllowedTypes;
import dev.offload.codec.TaskCodec;
import dev.offload.codec.TaskRequest;
import dev.offload.invoices.Samples.Invoice;
import dev.offload.invoices.Samples.Money;
import dev.offload.invoices.Samples.Node;
import dev.offload.invoices.Samples.Pair;
import dev.offload.invoices.Samples.Priced;
import dev.offload.invoices.Samples.State;
import dev.offload.invoices.Samples.Temperature;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What each codec does.
 */
abstract class PayloadCodecContract {

	private static final int ROUNDS = 1_000;

	private static final long MANY_BYTES = 64_000_000;

	static final PayloadLimits LIMITS = PayloadLimits.ofBytes(16_000_000);

	static final AllowedTypes TYPES = AllowedTypes.of(List.of("dev.offload.invoices"), List.of());

	private final Random random = new Random(42);

	final TaskCodec codec = new TaskCodec(create(), "pdf", LIMITS);

	abstract PayloadCodec create();

	// What applications have, old classes too.
	@SuppressWarnings({ "JavaUtilDate", "JdkObsolete", "GetClassOnEnum", "deprecation" })
	static Stream<Object> equalWhenTheyArrive() {
		Map<String, Object> withNull = new HashMap<>(Map.of("a", 1));
		withNull.put("b", null);
		Map<State, String> byState = new EnumMap<>(Map.of(State.SENT, "x", State.OPEN, "y"));
		List<Object> strings = List.of("", "text", "Grüße", "日本語", "\uD83D\uDE00 and half \uD83D", "x".repeat(100_000),
				"ü".repeat(70), "日".repeat(20_000));
		List<Object> numbers = List.of((byte) -1, (short) -2, 'c', Integer.MIN_VALUE, Long.MAX_VALUE, 1.5F, Math.PI,
				true, new BigDecimal("-12345678901234567890.0012"), new BigDecimal("1E+400"), BigDecimal.ZERO,
				new BigDecimal("0.00"), BigInteger.TWO.pow(200));
		List<Object> times = List.of(LocalDate.of(2026, 11, 21), LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6),
				Instant.ofEpochSecond(1, 999), Duration.ofMillis(-1), Period.ofDays(3), YearMonth.of(2026, 2),
				OffsetDateTime.of(2026, 1, 1, 1, 1, 1, 0, ZoneOffset.ofHours(2)),
				ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 0, ZoneId.of("Europe/Berlin")), ZoneId.of("Europe/Paris"),
				new Date(123), new GregorianCalendar(2026, 1, 2), timestamp(), LocalTime.NOON);
		List<Object> values = List.of(UUID.randomUUID(), new File("a/b"), URI.create("http://example.com/a?b"),
				Locale.CANADA_FRENCH, Locale.forLanguageTag("zh-Hant-TW"), Locale.forLanguageTag("th-TH-u-nu-thai"),
				Locale.ROOT, new Locale("ja", "JP", "JP"), Currency.getInstance("EUR"), String.class, int.class,
				Integer.class, void.class, int[][].class, Samples.Node[].class, IOException.class, State.class,
				State.SENT.getClass(), EnumSet.noneOf(State.class).getClass(), Temperature.class, TimeUnit.DAYS,
				State.OPEN, State.SENT, BitSet.valueOf(new long[] { 5, 9 }));
		List<Object> collections = List.of(new ArrayList<>(Arrays.asList(1, null, "x")), new LinkedList<>(List.of(1)),
				new HashSet<>(List.of(1, "a")), new TreeSet<>(List.of(3, 1, 2)), new CopyOnWriteArrayList<>(List.of(1)),
				Arrays.asList(1, null), List.of(), List.of(1), List.of(1, 2, 3), Set.of(), Set.of(1), Set.of(1, 2, 3),
				Stream.of("a", null).toList(), Collections.emptyList(), Collections.singletonList("s"),
				Collections.unmodifiableList(new ArrayList<>(List.of(1))), Collections.emptySet(),
				Collections.singleton(1), Collections.unmodifiableSet(new HashSet<>(List.of(1))),
				Collections.nCopies(100, "n"), Collections.synchronizedList(new ArrayList<>(List.of(1))),
				EnumSet.of(State.SENT), EnumSet.noneOf(State.class));
		List<Object> maps = List.of(withNull, new LinkedHashMap<>(Map.of(1, List.of(2))), new TreeMap<>(Map.of("k", 1)),
				new ConcurrentHashMap<>(Map.of(1, 2)), byState, new EnumMap<>(State.class), Map.of(), Map.of(1, 2),
				Map.of(1, 2, 3, 4), Collections.emptyMap(), Collections.singletonMap(null, 1),
				Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))), properties());
		List<Object> own = List.of(Samples.invoice(3), new Pair<>(List.of(1), new Pair<>(null, "x")),
				new Pair<>(1, Map.of("a", new Pair<>(2, 3))), new ArrayList<>(List.of(Samples.invoice(1))));
		return Stream.of(strings, numbers, times, values, collections, maps, own).flatMap(List::stream);
	}

	// Those of the JDK that say how they are written.
	private static Timestamp timestamp() {
		Timestamp timestamp = new Timestamp(123);
		timestamp.setNanos(456);
		return timestamp;
	}

	private static Properties properties() {
		Properties properties = new Properties();
		properties.setProperty("a", "b");
		return properties;
	}

	@ParameterizedTest
	@MethodSource("equalWhenTheyArrive")
	void valueArrivesEqualAndOfItsClass(Object value) {
		for (Object sent : List.of(value, new Pair<>("beside", value), new ArrayList<>(Arrays.asList(null, value)))) {
			Object arrived = echo(sent);
			assertThat(arrived).isEqualTo(sent).hasSameHashCodeAs(sent);
			assertThat(arrived).hasSameClassAs(sent);
		}
		assertThat(((Pair<?, ?>) echoed(new Pair<>("", value))).second()).hasSameClassAs(value);
	}

	@Test
	void arraysArriveWithTheirClasses() {
		Object[] arrays = { new byte[] { 1 }, new int[] { Integer.MIN_VALUE, 5 }, new long[] { -1 },
				new double[] { 1.5 }, new boolean[] { true }, new char[] { 'x' }, new short[] { 3 },
				new float[] { 2.5F }, new String[] { "a", null }, new Object[] { 1, "a", new int[][] { { 1 }, {} } },
				new State[] { State.SENT }, new Number[] { 1, 2L }, new Serializable[0][3] };
		Object[] arrived = (Object[]) echoed(arrays);
		assertThat(Arrays.deepEquals(arrived, arrays)).isTrue();
		for (int i = 0; i < arrays.length; i++) {
			assertThat(arrived[i]).hasSameClassAs(arrays[i]);
		}
	}

	@Test
	void objectThatIsThereTwiceArrivesAsOne() {
		Node shared = new Node("shared");
		List<Object> list = new ArrayList<>(List.of(shared, shared));
		list.add(list);
		List<?> arrived = (List<?>) echoed(list);
		assertThat(arrived.get(0)).isSameAs(arrived.get(1));
		assertThat(arrived.get(2)).isSameAs(arrived);
	}

	@Test
	void objectsThatAreAlikeArriveAsSoManyAndEachOfThemAsOne() {
		List<Object> list = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			Object alike = (i % 2 == 0) ? new Samples.Paid(7) : new Samples.Open("later");
			list.addAll(List.of(alike, alike));
		}
		Set<Object> different = Collections.newSetFromMap(new IdentityHashMap<>());
		for (int round = 0; round < 2; round++) {
			List<?> arrived = (List<?>) echoed(list);
			assertThat(arrived).isEqualTo(list);
			for (int i = 0; i < arrived.size(); i += 2) {
				assertThat(arrived.get(i)).isSameAs(arrived.get(i + 1));
				different.add(arrived.get(i));
			}
		}
		assertThat(different).hasSize(2 * 3000);
	}

	@Test
	void constantInAComponentThatIsNotAdmittedIsRefused() {
		Payload result = this.codec.encodeResult(new Priced(State.SENT, BigDecimal.ONE));
		AllowedTypes some = AllowedTypes.of(List.of(), List.of(Priced.class.getName()));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(result, scope(some)))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(State.class.getName()));
		Payload without = this.codec.encodeResult(new Priced(null, BigDecimal.ONE));
		assertThat(this.codec.decodeResult(without, scope(some))).isEqualTo(new Priced(null, BigDecimal.ONE));
	}

	@Test
	void classInAComponentThatExtendsTheDeclaredOneArrives() {
		for (BigDecimal price : Arrays.asList(null, new BigDecimal("-0.07"), new BigDecimal("12E-2147483647"),
				new BigDecimal("123456789012345678"), new BigDecimal("-1234567890123456789"), new Money("7.50"))) {
			Priced arrived = (Priced) echoed(new Priced(State.OPEN, price));
			assertThat(arrived.price()).isEqualTo(price);
			if (price != null) {
				assertThat(arrived.price()).hasSameClassAs(price);
			}
		}
		Payload result = this.codec.encodeResult(new Priced(State.OPEN, new Money("7.50")));
		AllowedTypes some = AllowedTypes.of(List.of(), List.of(Priced.class.getName(), State.class.getName()));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(result, scope(some)))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(Money.class.getName()));
	}

	@Test
	void objectThatHoldsItselfArrivesSo() {
		Node node = new Node("ring");
		node.next = node;
		Node arrived = (Node) echoed(node);
		assertThat(arrived.next).isSameAs(arrived);
		assertThat(arrived.name).isEqualTo("ring");
		assertThat(arrived.computed).isZero();
	}

	@Test
	void stringThatIsThereOftenIsWrittenOnce() {
		String text = "long ".repeat(1000);
		Payload payload = this.codec.encodeResult(new ArrayList<>(Collections.nCopies(1000, text)));
		assertThat(payload.size()).isLessThan(50_000);
	}

	@Test
	void classThatSaysHowItIsWrittenIsHeeded() {
		Object arrived = echoed(new Pair<>(new Temperature(300), 1));
		assertThat(((Temperature) ((Pair<?, ?>) arrived).first()).kelvin()).isEqualTo(300);
	}

	@Test
	void comparatorsArriveWithTheirCollections() {
		TreeSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.add("a");
		assertThat((Set<?>) echoed(set)).isInstanceOfSatisfying(TreeSet.class,
				(arrived) -> assertThat(arrived.contains("A")).isTrue());
		TreeMap<Integer, String> map = new TreeMap<>(Comparator.reverseOrder());
		map.putAll(Map.of(1, "a", 2, "b"));
		assertThat(((TreeMap<?, ?>) echoed(map)).firstKey()).isEqualTo(2);
		assertThat(new ArrayList<Object>((ArrayDeque<?>) echoed(new ArrayDeque<>(List.of(1, 2)))))
			.isEqualTo(List.of(1, 2));
	}

	@Test
	void taskArrivesWithWhatItCaptured() throws Exception {
		Invoice invoice = Samples.invoice(2);
		int copies = 3;
		Task<String> task = () -> invoice.number() + "x" + copies;
		assertThat(echo(task).run()).isEqualTo("2026-1x3");
		Task<Integer> reference = invoice.lines()::size;
		assertThat(echo(reference).run()).isEqualTo(2);
	}

	@Test
	void taskWithAComparatorOfTheJdkArrives() throws Exception {
		Comparator<Pair<Integer, Integer>> comparator = Comparator.comparing((Function & Serializable) Pair::first);
		Task<Integer> task = () -> comparator.compare(new Pair<>(1, 0), new Pair<>(2, 0));
		assertThat(echo(task).run()).isNegative();
	}

	@Test
	void taskMadeInAClassOfExceptionsOrConstantsArrives() throws Exception {
		assertThat(echo(new Samples.RejectedInvoice("7").retry()).run()).isEqualTo("7 again");
		assertThat(echo(State.SENT.describe()).run()).isEqualTo("SENT");
	}

	@Test
	void failureArrivesAsItself() {
		IOException failure = new IOException("broken", new IllegalStateException("why"));
		failure.addSuppressed(new RuntimeException("also"));
		Throwable arrived = this.codec.decodeFailure(this.codec.encodeFailure(failure), service());
		assertThat(arrived).isExactlyInstanceOf(IOException.class)
			.hasMessage("broken")
			.hasCauseInstanceOf(IllegalStateException.class);
		assertThat(arrived.getSuppressed()).hasSize(1);
	}

	@Test
	void optionalResultArrives() {
		assertThat(echo(Optional.of(Samples.invoice(1)))).isEqualTo(Optional.of(Samples.invoice(1)));
		assertThat(echo(Optional.empty())).isEqualTo(Optional.empty());
	}

	@Test
	void classThatIsNotAdmittedIsRefusedBothWays() {
		AllowedTypes others = AllowedTypes.of(List.of("com.acme"), List.of());
		Payload result = this.codec.encodeResult(new ArrayList<>(List.of(Samples.invoice(1))));
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(result, scope(others)))
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(Direction.FROM_WORKER))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(Invoice.class.getName()))
			.withMessageContainingAll("is not admitted from a worker", "offload.executors.pdf.allowed-types");
		Payload call = this.codec.encodeInvocation(Invocation.ofStatic(anything(), Samples.invoice(1)));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> decodeArguments(call, scope(others)))
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(Direction.TO_WORKER))
			.withMessageContainingAll("The call of Samples.anything", "is not admitted to a worker");
		// And is admitted afterwards by another scope, and refused again by the first.
		assertThat(this.codec.decodeResult(result, service())).isNotNull();
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(result, scope(others)));
	}

	@Test
	void classInAFieldThatIsNotAdmittedIsRefused() {
		Payload result = this.codec.encodeResult(new Pair<>(1, State.OPEN));
		AllowedTypes some = AllowedTypes.of(List.of(), List.of(Pair.class.getName()));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(result, scope(some)))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(State.class.getName()));
	}

	@Test
	void lambdaIsNeverReadInTheService() {
		Payload result = this.codec.encodeResult(new Pair<>(1, (Supplier<String> & Serializable) () -> "x"));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(result, service()))
			.withMessageContaining("it holds a lambda or method reference");
	}

	@Test
	void lambdaOfAClassThatIsNotAdmittedIsRefused() {
		Task<String> task = () -> "x";
		Payload request = this.codec.encodeTask(task);
		PayloadScope scope = scope(AllowedTypes.of(List.of("com.acme"), List.of()).withLambdas());
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeTask((TaskRequest.OfTask) this.codec.readRequest(request), scope))
			.withMessageContaining("is not admitted to a worker");
	}

	@Test
	void proxyNeverArrives() {
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Supplier.class },
				(java.lang.reflect.InvocationHandler & Serializable) (self, method, arguments) -> 1);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> echo(new Pair<>(1, proxy)))
			.withMessageMatching(".*(dynamic proxy|Proxy\\d+, which the codec 'kryo' cannot write).*");
	}

	@Test
	void objectsThatAreNestedTooDeeplyAreRefused() throws Exception {
		Node first = new Node("0");
		Node last = first;
		for (int i = 0; i < 1200; i++) {
			last.next = new Node("" + i);
			last = last.next;
		}
		// On a stack that has room for them.
		FutureTask<Payload> encoding = new FutureTask<>(() -> this.codec.encodeResult(first));
		new Thread(null, encoding, "encoding", 64_000_000).start();
		FutureTask<Object> decoding = new FutureTask<>(() -> this.codec.decodeResult(encoding.get(), service()));
		new Thread(null, decoding, "decoding", 64_000_000).start();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> decoding.get(30, TimeUnit.SECONDS))
			.withCauseInstanceOf(PayloadException.class)
			.withMessageContaining("nested deeper than 1000");
	}

	@Test
	void tooManyObjectsAreRefused() {
		Payload result = this.codec.encodeResult(new ArrayList<>(Samples.invoice(100).lines()));
		PayloadScope few = new PayloadScope(getClass().getClassLoader(), TYPES, new PayloadLimits(1_000_000, 100, 50));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(result, few))
			.withMessageContaining("more than 50 objects");
	}

	@Test
	void objectsOfAllPartsAreCountedTogether() {
		Object vectors = new Pair<>(numbers(30), numbers(30));
		Payload result = this.codec.encodeResult(vectors);
		PayloadScope few = new PayloadScope(getClass().getClassLoader(), TYPES, new PayloadLimits(1_000_000, 100, 50));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(result, few))
			.withMessageContaining("more than 50 objects");
		PayloadScope enough = new PayloadScope(getClass().getClassLoader(), TYPES,
				new PayloadLimits(1_000_000, 100, 100));
		assertThat(this.codec.decodeResult(result, enough)).isEqualTo(vectors);
	}

	@Test
	@SuppressWarnings("JdkObsolete")
	void depthOfAllPartsIsCountedTogether() {
		Object nested = numbers(1);
		for (int i = 0; i < 6; i++) {
			nested = new Vector<>(List.of(nested));
		}
		for (int i = 0; i < 6; i++) {
			nested = new Pair<>(nested, i);
		}
		Payload result = this.codec.encodeResult(nested);
		PayloadScope flat = new PayloadScope(getClass().getClassLoader(), TYPES, new PayloadLimits(1_000_000, 12, 500));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(result, flat))
			.withMessageContaining("nested deeper than 12");
	}

	// Java serialization writes it, with every codec.
	@SuppressWarnings("JdkObsolete")
	private static Vector<Object> numbers(int count) {
		Vector<Object> numbers = new Vector<>();
		for (int i = 0; i < count; i++) {
			numbers.add(i);
		}
		return numbers;
	}

	@Test
	void arrayOfTooManyDimensionsIsRefusedBeforeItsClassIsMade() {
		for (String type : List.of("java.util.List", "int", Samples.Node.class.getName())) {
			Object array = array(type, 200);
			List<String> asked = new ArrayList<>();
			for (Object sent : List.of(array, new Pair<>(array.getClass(), 1))) {
				Payload result = this.codec.encodeResult(sent);
				PayloadScope scope = new PayloadScope(recording(asked), TYPES, LIMITS);
				assertThatExceptionOfType(PayloadException.class)
					.isThrownBy(() -> this.codec.decodeResult(result, scope))
					.withMessageContaining("an array of more than 8 dimensions");
				assertThat(asked).doesNotContain(type);
			}
		}
		Object eight = array("java.util.List", 8);
		assertThat(echoed(eight)).hasSameClassAs(eight);
	}

	private static Object array(String type, int dimensions) {
		try {
			Class<?> element = type.equals("int") ? int.class : Class.forName(type);
			return Array.newInstance(element, new int[dimensions]);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ClassLoader recording(List<String> asked) {
		return new ClassLoader(PayloadCodecContract.class.getClassLoader()) {
			@Override
			protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
				asked.add(name);
				return super.loadClass(name, resolve);
			}
		};
	}

	@Test
	void tooManyBytesAreNotWritten() {
		TaskCodec small = new TaskCodec(create(), "pdf", PayloadLimits.ofBytes(2000));
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> small.encodeResult(new Pair<>(1, new byte[100_000])))
			.withMessageContainingAll("over the limit of 2000 bytes", "offload.executors.pdf.max-payload-bytes");
	}

	@Test
	void payloadWhenCutIsRefused() {
		Payload payload = this.codec.encodeResult(Samples.invoice(1));
		for (int i = 0; i < payload.length(); i++) {
			Payload cut = new Payload(payload.bytes(), payload.start(), i, List.of());
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decodeResult(cut, service()))
				.withMessageContaining("its bytes are damaged");
		}
	}

	@Test
	void payloadWhenMutatedIsReadOrRefusedCheaply() {
		Object sample = new Pair<>(Samples.invoice(2), new Object[] { new long[20], new HashMap<>(Map.of("a", 1)),
				"text", EnumSet.of(State.OPEN), new IllegalStateException("x"), List.of(1, 2), new Node("n") });
		Payload payload = this.codec.encodeResult(sample);
		for (int i = 0; i < ROUNDS; i++) {
			byte[] mutated = Arrays.copyOfRange(payload.bytes(), payload.start(), payload.length());
			for (int k = 0; k < 1 + i % 4; k++) {
				mutated[this.random.nextInt(mutated.length)] = (byte) this.random.nextInt();
			}
			expectOnlyPayloadErrors(mutated);
		}
		// The codec itself is as it was.
		assertThat(((Pair<?, ?>) echoed(sample)).first()).isEqualTo(Samples.invoice(2));
	}

	@Test
	void rubbishIsRefusedCheaply() {
		for (int i = 0; i < ROUNDS; i++) {
			byte[] bytes = new byte[2 + this.random.nextInt(200)];
			this.random.nextBytes(bytes);
			bytes[0] = 1;
			expectOnlyPayloadErrors(bytes);
		}
	}

	void expectOnlyPayloadErrors(byte[] bytes) {
		long before = allocated();
		Throwable thrown = catchThrowable(() -> this.codec.decodeResult(Payload.of(bytes), service()));
		if (thrown != null) {
			assertThat(thrown).isInstanceOf(PayloadException.class);
		}
		assertThat(allocated() - before).isLessThan(MANY_BYTES);
	}

	static long allocated() {
		var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
		return threads.getCurrentThreadAllocatedBytes();
	}

	static PayloadScope service() {
		return scope(TYPES);
	}

	static PayloadScope scope(AllowedTypes types) {
		return new PayloadScope(PayloadCodecContract.class.getClassLoader(), types, LIMITS);
	}

	static Method anything() {
		return method("anything");
	}

	static Method method(String name) {
		return Stream.of(Samples.class.getDeclaredMethods())
			.filter((method) -> method.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	@Nullable Object decodeArguments(Payload payload, PayloadScope scope) {
		return this.codec.decodeArguments((TaskRequest.OfInvocation) this.codec.readRequest(payload), scope)
			.arguments()[0];
	}

	@Nullable Object echo(@Nullable Object value) {
		return this.codec.decodeResult(this.codec.encodeResult(value), service());
	}

	// The same for what is not null.
	Object echoed(Object value) {
		Object arrived = echo(value);
		assertThat(arrived).isNotNull();
		return (arrived != null) ? arrived : value;
	}

	@SuppressWarnings("unchecked")
	<T> Task<T> echo(Task<T> task) {
		TaskRequest request = this.codec.readRequest(this.codec.encodeTask(task));
		return (Task<T>) this.codec.decodeTask((TaskRequest.OfTask) request, scope(TYPES.withLambdas()));
	}

	/**
	 * A function, without its type arguments.
	 */
	interface Function extends java.util.function.Function<Pair<Integer, Integer>, Integer> {

	}

}
