package dev.offload.codec.kryo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.DefaultArraySerializers;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.serializers.OptionalSerializers;
import com.esotericsoftware.kryo.serializers.TimeSerializers;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the JDK that have a number and a form of their own. The number is the
 * place in this list, the same in a service and its workers, which are of one version.
 * All other classes of the JDK are written as Java serialization does.
 */
final class KnownTypes {

	/** Those of which only the content counts, not which object it is. */
	private static final Set<Class<?>> VALUES = Set.of(String.class, Boolean.class, Byte.class, Character.class,
			Short.class, Integer.class, Long.class, Float.class, Double.class, BigDecimal.class, BigInteger.class,
			LocalDate.class, LocalTime.class, LocalDateTime.class, Instant.class, Duration.class, Period.class,
			Year.class, YearMonth.class, MonthDay.class, ZoneOffset.class, OffsetTime.class, OffsetDateTime.class,
			ZonedDateTime.class, UUID.class, URI.class, Locale.class, Currency.class, OptionalInt.class,
			OptionalLong.class, OptionalDouble.class, Class.class);

	/** Those of the values that can be extended. */
	private static final Set<Class<?>> OPEN_VALUES = Set.of(BigDecimal.class, BigInteger.class);

	private KnownTypes() {
	}

	static boolean isValue(Class<?> type) {
		return type.isPrimitive() || VALUES.contains(type);
	}

	// Whether a declared type says all of the class of a value.
	static boolean isFixed(Class<?> type) {
		return VALUES.contains(type) && !OPEN_VALUES.contains(type) && type != Class.class;
	}

	static void registerAll(Kryo kryo, ClassForm classes) {
		registerArrays(kryo);
		registerValues(kryo, classes);
		registerTimes(kryo);
		registerHolders(kryo);
		registerCollections(kryo);
		registerFixedCollections(kryo);
		registerMaps(kryo);
	}

	private static void registerArrays(Kryo kryo) {
		kryo.register(Object[].class, new ArraySerializer());
		kryo.register(String[].class, new ArraySerializer());
		kryo.register(byte[].class, new DefaultArraySerializers.ByteArraySerializer());
		kryo.register(boolean[].class, new DefaultArraySerializers.BooleanArraySerializer());
		kryo.register(char[].class, new DefaultArraySerializers.CharArraySerializer());
		kryo.register(short[].class, new DefaultArraySerializers.ShortArraySerializer());
		kryo.register(int[].class, new DefaultArraySerializers.IntArraySerializer());
		kryo.register(long[].class, new DefaultArraySerializers.LongArraySerializer());
		kryo.register(float[].class, new DefaultArraySerializers.FloatArraySerializer());
		kryo.register(double[].class, new DefaultArraySerializers.DoubleArraySerializer());
	}

	private static void registerValues(Kryo kryo, ClassForm classes) {
		kryo.register(BigDecimal.class, new DecimalForm());
		kryo.register(BigInteger.class, new DefaultSerializers.BigIntegerSerializer());
		kryo.register(UUID.class, new DefaultSerializers.UUIDSerializer());
		kryo.register(URI.class, new DefaultSerializers.URISerializer());
		kryo.register(Locale.class, new LocaleForm());
		kryo.register(Currency.class, new DefaultSerializers.CurrencySerializer());
		kryo.register(Pattern.class, new DefaultSerializers.PatternSerializer());
		kryo.register(Class.class, classes);
		kryo.register(Date.class, new DefaultSerializers.DateSerializer());
		kryo.register(BitSet.class, new DefaultSerializers.BitSetSerializer());
		kryo.register(StringBuilder.class, new DefaultSerializers.StringBuilderSerializer());
	}

	private static void registerTimes(Kryo kryo) {
		kryo.register(LocalDate.class, new TimeSerializers.LocalDateSerializer());
		kryo.register(LocalTime.class, new TimeSerializers.LocalTimeSerializer());
		kryo.register(LocalDateTime.class, new TimeSerializers.LocalDateTimeSerializer());
		kryo.register(Instant.class, new TimeSerializers.InstantSerializer());
		kryo.register(Duration.class, new TimeSerializers.DurationSerializer());
		kryo.register(Period.class, new TimeSerializers.PeriodSerializer());
		kryo.register(Year.class, new TimeSerializers.YearSerializer());
		kryo.register(YearMonth.class, new TimeSerializers.YearMonthSerializer());
		kryo.register(MonthDay.class, new TimeSerializers.MonthDaySerializer());
		kryo.register(ZoneOffset.class, new TimeSerializers.ZoneOffsetSerializer());
		kryo.register(OffsetTime.class, new TimeSerializers.OffsetTimeSerializer());
		kryo.register(OffsetDateTime.class, new TimeSerializers.OffsetDateTimeSerializer());
		kryo.register(ZonedDateTime.class, new TimeSerializers.ZonedDateTimeSerializer());
		kryo.register(Month.class, new ConstantForm(Month.class));
		kryo.register(DayOfWeek.class, new ConstantForm(DayOfWeek.class));
	}

	private static void registerHolders(Kryo kryo) {
		kryo.register(Optional.class, new OptionalSerializers.OptionalSerializer());
		kryo.register(OptionalInt.class, new OptionalSerializers.OptionalIntSerializer());
		kryo.register(OptionalLong.class, new OptionalSerializers.OptionalLongSerializer());
		kryo.register(OptionalDouble.class, new OptionalSerializers.OptionalDoubleSerializer());
		kryo.register(AtomicBoolean.class, new DefaultSerializers.AtomicBooleanSerializer());
		kryo.register(AtomicInteger.class, new DefaultSerializers.AtomicIntegerSerializer());
		kryo.register(AtomicLong.class, new DefaultSerializers.AtomicLongSerializer());
		kryo.register(AtomicReference.class, new DefaultSerializers.AtomicReferenceSerializer());
	}

	// Whoever sent such a list gets such a list.
	@SuppressWarnings("JdkObsolete")
	private static void registerCollections(Kryo kryo) {
		collection(kryo, ArrayList.class, ArrayList::new);
		collection(kryo, LinkedList.class, (size) -> new LinkedList<>());
		collection(kryo, HashSet.class, (size) -> new HashSet<>(capacity(size)));
		collection(kryo, LinkedHashSet.class, (size) -> new LinkedHashSet<>(capacity(size)));
		collection(kryo, ArrayDeque.class, ArrayDeque::new);
		collection(kryo, CopyOnWriteArrayList.class, (size) -> new CopyOnWriteArrayList<>());
		collection(kryo, ConcurrentLinkedQueue.class, (size) -> new ConcurrentLinkedQueue<>());
		collection(kryo, ConcurrentLinkedDeque.class, (size) -> new ConcurrentLinkedDeque<>());
		kryo.register(TreeSet.class, new SortedForm<TreeSet<@Nullable Object>>(TreeSet::comparator, TreeSet::new));
		kryo.register(ConcurrentSkipListSet.class, new SortedForm<ConcurrentSkipListSet<@Nullable Object>>(
				ConcurrentSkipListSet::comparator, ConcurrentSkipListSet::new));
		kryo.register(PriorityQueue.class,
				new SortedForm<PriorityQueue<@Nullable Object>>(PriorityQueue::comparator, PriorityQueue::new));
		kryo.register(EnumSet.class, new DefaultSerializers.EnumSetSerializer());
	}

	// The JDK says of none of these whether they take null; those that do not fail by
	// themselves. Whoever sent a linked list gets one.
	@SuppressWarnings({ "NullAway", "JdkObsolete" })
	private static void registerFixedCollections(Kryo kryo) {
		fixed(kryo, List.of(), KnownTypes::list);
		fixed(kryo, List.of(1), KnownTypes::list);
		fixed(kryo, Set.of(), Set::of);
		fixed(kryo, Set.of(1), Set::of);
		fixed(kryo, Arrays.asList(1), Arrays::asList);
		fixed(kryo, Collections.emptyList(), (elements) -> Collections.emptyList());
		fixed(kryo, Collections.emptySet(), (elements) -> Collections.emptySet());
		fixed(kryo, Collections.singletonList(1), (elements) -> Collections.singletonList(elements[0]));
		fixed(kryo, Collections.singleton(1), (elements) -> Collections.singleton(elements[0]));
		fixed(kryo, Collections.unmodifiableCollection(new ArrayList<>()),
				(elements) -> Collections.unmodifiableCollection(Arrays.asList(elements)));
		fixed(kryo, Collections.unmodifiableList(new ArrayList<>()),
				(elements) -> Collections.unmodifiableList(Arrays.asList(elements)));
		fixed(kryo, Collections.unmodifiableList(new LinkedList<>()),
				(elements) -> Collections.unmodifiableList(new LinkedList<>(Arrays.asList(elements))));
		fixed(kryo, Collections.unmodifiableSet(new HashSet<>()),
				(elements) -> Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(elements))));
	}

	// As above.
	@SuppressWarnings("NullAway")
	private static void registerMaps(Kryo kryo) {
		map(kryo, HashMap.class, (size) -> new HashMap<>(capacity(size)));
		map(kryo, LinkedHashMap.class, (size) -> new LinkedHashMap<>(capacity(size)));
		map(kryo, ConcurrentHashMap.class, (size) -> new ConcurrentHashMap<>());
		kryo.register(TreeMap.class, new SortedMapForm(TreeMap::new));
		kryo.register(ConcurrentSkipListMap.class, new SortedMapForm(ConcurrentSkipListMap::new));
		kryo.register(EnumMap.class, new EnumMapForm());
		kryo.register(Map.of().getClass(), MapForm.of(Map::copyOf));
		kryo.register(Map.of(1, 1).getClass(), MapForm.of(Map::copyOf));
		kryo.register(Collections.emptyMap().getClass(), MapForm.of((map) -> Collections.emptyMap()));
		kryo.register(Collections.singletonMap(1, 1).getClass(), MapForm.of((map) -> {
			Map.Entry<@Nullable Object, @Nullable Object> entry = map.entrySet().iterator().next();
			return Collections.singletonMap(entry.getKey(), entry.getValue());
		}));
		kryo.register(Collections.unmodifiableMap(new HashMap<>()).getClass(),
				MapForm.of(Collections::unmodifiableMap));
	}

	private static void collection(Kryo kryo, Class<?> type, IntFunction<Collection<@Nullable Object>> factory) {
		kryo.register(type, new CollectionForm(factory));
	}

	private static void fixed(Kryo kryo, Collection<?> example,
			Function<@Nullable Object[], Collection<@Nullable Object>> factory) {
		kryo.register(example.getClass(), new FixedForm(factory));
	}

	private static void map(Kryo kryo, Class<?> type, IntFunction<Map<@Nullable Object, @Nullable Object>> factory) {
		kryo.register(type, new MapForm(factory));
	}

	// Those of a stream may hold null.
	private static List<@Nullable Object> list(@Nullable Object[] elements) {
		return Arrays.stream(elements).anyMatch(Objects::isNull) ? Stream.of(elements).toList() : List.of(elements);
	}

	private static int capacity(int size) {
		return Math.max((int) (size / 0.75f) + 1, 16);
	}

}
