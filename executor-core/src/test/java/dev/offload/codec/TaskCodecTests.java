package dev.offload.codec;

import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offload.Invocation;
import dev.offload.InvocationTarget;
import dev.offload.PayloadException;
import dev.offload.Task;
import dev.offload.codec.Invoices.Invoice;
import dev.offload.codec.Invoices.Line;
import dev.offload.codec.Invoices.Lock;
import dev.offload.codec.Invoices.Printer;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TaskCodec}: what can be sent arrives as it was.
 */
class TaskCodecTests {

	private final TaskCodec codec = Codecs.codec();

	@Test
	void resultWhenOptionalArrivesWithWhatItHolds() {
		for (Optional<?> value : List.of(Optional.empty(), Optional.of("text"), Optional.of(List.of("a", "b")))) {
			assertThat(this.codec.decodeResult(this.codec.encodeResult(value), Codecs.service())).isEqualTo(value);
		}
	}

	@Test
	void resultWhenOptionalHoldsWhatCannotBeSentNamesThat() {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.encodeResult(Optional.of(new Object())))
			.withMessageContainingAll("result", "java.lang.Object");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.encodeResult(Optional.of(Optional.empty())))
			.withMessageContaining("java.util.Optional");
	}

	@Test
	void resultWhenAnOptionalIsInAnotherIsRefused() {
		Payload nested = Payload.of(new byte[] { 2, 2, 0, 0 });
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decodeResult(nested, Codecs.service()));
	}

	@Test
	void taskWhenLambdaCapturesValuesRunsWithThem() throws Exception {
		int copies = 2;
		List<String> names = List.of("a", "b");
		assertThat(run(() -> names + "x" + copies)).isEqualTo("[a, b]x2");
	}

	@Test
	void taskWhenMethodReferenceRuns() throws Exception {
		assertThat(run("abc"::length)).isEqualTo(3);
	}

	@Test
	void taskWhenItIsAnOrdinaryObjectRuns() throws Exception {
		assertThat(run(new Countdown(3))).isEqualTo(3);
	}

	@Test
	void taskWhenItHoldsAComparatorMadeOfLambdasRuns() throws Exception {
		Comparator<String> byLength = Comparator.comparing((Sizer & Serializable) String::length);
		assertThat(run(() -> Stream.of("aaa", "b").sorted(byLength).toList())).isEqualTo(List.of("b", "aaa"));
	}

	@Test
	void requestWhenInvocationTellsTheMethodWithoutReadingArguments() {
		Invocation invocation = Invocation.onBean("printer", Codecs.method(Printer.class, "print"), new Invoice());
		TaskRequest.OfInvocation request = request(invocation);
		assertThat(request.address().kind()).isEqualTo(InvocationTarget.Kind.BEAN);
		assertThat(request.address().target()).isEqualTo("printer");
		assertThat(request.address().declaringClass()).isEqualTo(Printer.class.getName());
		assertThat(request.address().method()).isEqualTo("print");
		assertThat(request.address().parameterTypes()).containsExactly(Invoice.class.getName());
	}

	@Test
	void argumentsWhenSimpleNeedNoObjectStream() {
		Payload payload = this.codec.encodeInvocation(anything("ä\uD83D\uDE00", 42));
		assertThat(payload.size()).isLessThan(160);
		assertThat(indexOf(payload.bytes(), 0xAC, 0xED)).isEqualTo(-1);
		assertThat(arguments(anything("ä\uD83D\uDE00", 42))).containsExactly("ä\uD83D\uDE00", 42);
	}

	@ParameterizedTest
	@MethodSource("simpleValues")
	void valueWhenSimpleArrivesAsItWas(Object value) {
		assertThat(result(value)).isEqualTo(value);
		assertThat(arguments(anything(value, null))).containsExactly(value, null);
	}

	static Stream<Object> simpleValues() {
		return Stream.of(true, false, (byte) -1, (short) -2, 'ü', Integer.MIN_VALUE, Long.MIN_VALUE, Float.NaN, -0.0d,
				"", "text", "lone \uD800 half", "\uDC00", "a\u0000b", new byte[] { 1, -1 }, new byte[0]);
	}

	@Test
	void resultWhenNullArrivesAsNull() {
		assertThat(result(null)).isNull();
	}

	@ParameterizedTest
	@MethodSource("jdkValues")
	void valueWhenOfTheJdkNeedsNoSetting(Object value) {
		AllowedTypes none = AllowedTypes.of(List.of(), List.of());
		Object arrived = this.codec.decodeResult(this.codec.encodeResult(value), Codecs.scope(none));
		assertThat(arrived).hasSameClassAs(value);
		assertThat(arrived.toString()).isEqualTo(value.toString());
	}

	// Also of those that nobody should use: applications do.
	@SuppressWarnings({ "JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder" })
	static Stream<Object> jdkValues() {
		return Stream.of(new BigDecimal("1.50"), BigInteger.TEN, LocalDate.of(2024, 2, 29), Instant.EPOCH,
				ZonedDateTime.parse("2024-01-01T10:00+01:00[Europe/Rome]"), Duration.ofDays(1), new UUID(1, 2),
				Locale.ITALY, Currency.getInstance("EUR"), URI.create("http://localhost/"), new File("a"), new Date(0),
				new Timestamp(0), new java.sql.Date(0), TimeZone.getTimeZone("Europe/Rome"), Pattern.compile("a+"),
				BitSet.valueOf(new long[] { 5 }), TimeUnit.DAYS, new StringBuilder("a"), List.of(), List.of(1),
				List.of(1, 2, 3), Set.of(1), Map.of(1, 2), Map.of("a", List.of("b")), Arrays.asList(1, 2),
				new ArrayList<>(List.of(1)), new LinkedList<>(List.of(1)), new ArrayDeque<>(List.of(1)),
				new HashMap<>(Map.of(1, 2)), new HashMap<>(), new IdentityHashMap<>(),
				new LinkedHashMap<>(Map.of(1, 2)), new LinkedHashSet<>(List.of(3)), new TreeMap<>(Map.of("a", 1)),
				new TreeMap<>(Comparator.<String>reverseOrder()), new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
				new EnumMap<>(Map.of(TimeUnit.DAYS, 1)), EnumSet.of(TimeUnit.DAYS), new PriorityQueue<>(List.of(1)),
				new ConcurrentHashMap<>(Map.of(1, 2)), new CopyOnWriteArrayList<>(List.of(1)), new AtomicLong(3),
				Collections.unmodifiableList(new ArrayList<>(List.of(1))), Collections.emptyList(),
				Collections.synchronizedMap(new HashMap<>()), Collections.singletonMap(1, 2));
	}

	@Test
	void calendarWhenSentArrivesEqual() {
		GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Europe/Rome"));
		assertThat(result(calendar)).isEqualTo(calendar);
	}

	@Test
	void arraysWhenNestedArriveAsTheyWere() {
		assertThat((int[][]) result(new int[][] { { 1 }, {} })).isDeepEqualTo(new int[][] { { 1 }, {} });
		assertThat((Object[]) result(new Comparable<?>[] { 1, "a" })).containsExactly(1, "a");
		assertThat((double[]) result(new double[1000])).hasSize(1000);
		assertThat((Object[]) result(new Object[100_000])).hasSize(100_000);
	}

	@Test
	void collectionsWhenLargeArrive() {
		Map<Integer, Integer> many = new HashMap<>(16, 0.25f);
		IdentityHashMap<String, Integer> identities = new IdentityHashMap<>();
		for (int i = 0; i < 50_000; i++) {
			many.put(i, i);
			identities.put("key " + i, i);
		}
		TaskCodec large = Codecs.codec(PayloadLimits.ofBytes(10_000_000));
		var scope = Codecs.scope(Codecs.TYPES, PayloadLimits.ofBytes(10_000_000));
		assertThat(large.decodeResult(large.encodeResult(many), scope)).isEqualTo(many);
		assertThat((Map<?, ?>) large.decodeResult(large.encodeResult(identities), scope)).hasSize(50_000);
		assertThat((List<?>) result(Collections.nCopies(100_000, null).stream().toList())).hasSize(100_000);
		assertThat((List<?>) result(manyMaps())).hasSize(5_000);
	}

	private static List<Object> manyMaps() {
		List<Object> maps = new ArrayList<>();
		for (int i = 0; i < 5_000; i++) {
			maps.add((i % 2 == 0) ? new HashMap<>(Map.of(1, 2)) : new IdentityHashMap<>());
		}
		return maps;
	}

	@Test
	void argumentsWhenSharedStayShared() {
		Invoice invoice = new Invoice();
		Object[] objects = arguments(anything(invoice, List.of(invoice)));
		assertThat(((List<?>) objects[1]).get(0)).isSameAs(objects[0]);
		byte[] bytes = { 1 };
		Object[] arrays = arguments(anything(bytes, bytes));
		assertThat(arrays[0]).isSameAs(arrays[1]);
	}

	@Test
	void argumentsWhenPassedAsAStringArrayArrive() {
		Object[] strings = new String[] { "a", "b" };
		assertThat(arguments(Invocation.ofStatic(Codecs.method(Invoices.class, "anything"), strings)))
			.containsExactly("a", "b");
	}

	@Test
	void instanceWhenItTravelsArrivesBesideTheArguments() {
		Invocation invocation = Invocation.onInstance(new Printer(), Codecs.method(Printer.class, "print"),
				new Invoice());
		CallArguments call = this.codec.decodeArguments(request(invocation), Codecs.worker());
		assertThat(((Printer) call.instance()).print((Invoice) call.arguments()[0])).isEqualTo("2024-1:3");
	}

	@Test
	void argumentsWhenEncodedAreNotChanged() {
		Invoice invoice = new Invoice();
		invoice.customer.lines.add(new Line(BigDecimal.ONE, "lock"));
		Object cache = invoice.cache;
		Object[] arguments = { invoice, new ArrayList<>(List.of("a")) };
		this.codec.encodeInvocation(Invocation.ofStatic(Codecs.method(Invoices.class, "anything"), arguments));
		assertThat(arguments).containsExactly(invoice, List.of("a"));
		assertThat(invoice.cache).isSameAs(cache).isInstanceOf(Lock.class);
		assertThat(invoice.customer.lines).containsExactly(new Line(BigDecimal.ONE, "lock"));
	}

	@Test
	void argumentsWhenChangedAfterEncodingArriveAsTheyWere() {
		List<String> names = new ArrayList<>(List.of("a"));
		Payload payload = this.codec.encodeInvocation(anything(names, null));
		names.add("b");
		var request = (TaskRequest.OfInvocation) this.codec.readRequest(payload);
		assertThat(this.codec.decodeArguments(request, Codecs.worker()).arguments()[0]).isEqualTo(List.of("a"));
	}

	private Object result(Object value) {
		return this.codec.decodeResult(this.codec.encodeResult(value), Codecs.service());
	}

	private Object run(Task<?> task) throws Exception {
		TaskRequest request = this.codec.readRequest(this.codec.encodeTask(task));
		return this.codec.decodeTask((TaskRequest.OfTask) request, Codecs.worker()).run();
	}

	private Object[] arguments(Invocation invocation) {
		return this.codec.decodeArguments(request(invocation), Codecs.worker()).arguments();
	}

	private TaskRequest.OfInvocation request(Invocation invocation) {
		return (TaskRequest.OfInvocation) this.codec.readRequest(this.codec.encodeInvocation(invocation));
	}

	private static Invocation anything(Object first, Object second) {
		return Invocation.ofStatic(Codecs.method(Invoices.class, "anything"), first, second);
	}

	private static int indexOf(byte[] bytes, int first, int second) {
		for (int i = 0; i < bytes.length - 1; i++) {
			if (bytes[i] == (byte) first && bytes[i + 1] == (byte) second) {
				return i;
			}
		}
		return -1;
	}

	private interface Sizer extends Function<String, Integer> {

	}

	private record Countdown(int from) implements Task<Integer> {

		@Override
		public Integer run() {
			return this.from;
		}

	}

}
