package dev.offload.registry;

import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * About how much memory a result takes: arrays, texts and collections are counted, and
 * the fields of an application's own objects, as far as they can be read. One walks one
 * result.
 */
final class ResultSize {

	private static final int OBJECT = 16;

	private static final int REFERENCE = 8;

	/** Of the rest of a large collection it is enough to know the average. */
	private static final int SAMPLE = 100;

	/** More than any result that is kept; many of them can be added up. */
	static final long UNKNOWN = 1L << 30;

	/** Packages of the JDK whose objects are small, but for those that are counted. */
	private static final Set<String> SMALL_PACKAGES = Set.of("java.lang", "java.lang.constant", "java.math", "java.net",
			"java.nio.file", "java.nio.file.attribute", "java.nio.charset", "java.text", "java.time",
			"java.time.chrono", "java.time.format", "java.time.temporal", "java.time.zone", "java.util",
			"java.util.regex");

	/** Others that are small, each with what extends it in the JDK. */
	private static final List<Class<?>> SMALL = List.of(Number.class, AtomicBoolean.class, Date.class, TimeZone.class,
			Charset.class, Path.class, File.class);

	private static final int MAX_DEPTH = 12;

	private static final int MAX_OBJECTS = 10_000;

	private static final Map<Class<?>, Integer> PRIMITIVES = Map.of(byte.class, 1, boolean.class, 1, short.class, 2,
			char.class, 2, int.class, 4, float.class, 4, long.class, 8, double.class, 8);

	/** The fields of a class and of its superclasses that refer to objects. */
	private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
		@Override
		protected List<Field> computeValue(Class<?> type) {
			List<Field> fields = new ArrayList<>();
			for (Class<?> each = type; each != null && !isOfJdk(each); each = each.getSuperclass()) {
				for (Field field : each.getDeclaredFields()) {
					if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()
							&& field.trySetAccessible()) {
						fields.add(field);
					}
				}
			}
			return List.copyOf(fields);
		}
	};

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private ResultSize() {
	}

	/**
	 * Measures a result.
	 * @param result the result
	 * @return the bytes, about
	 */
	static long of(@Nullable Object result) {
		try {
			return new ResultSize().sizeOf(result, 0);
		}
		catch (RuntimeException ex) {
			// Somebody changes it at the same time.
			return OBJECT;
		}
	}

	private static boolean isOfJdk(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
	}

	private long sizeOf(@Nullable Object value, int depth) {
		if (value == null) {
			return 0;
		}
		if (value instanceof Buffer buffer) {
			return OBJECT + sizeOfBuffer(buffer);
		}
		if (value instanceof CharSequence text) {
			return OBJECT + 2L * text.length();
		}
		Class<?> type = value.getClass();
		Integer primitive = type.isArray() ? PRIMITIVES.get(type.getComponentType()) : null;
		if (primitive != null) {
			return OBJECT + (long) primitive * Array.getLength(value);
		}
		if (depth > MAX_DEPTH || this.seen.size() > MAX_OBJECTS || value instanceof Enum || value instanceof Class
				|| !this.seen.add(value)) {
			return REFERENCE;
		}
		return OBJECT + insideOf(value, type, depth + 1);
	}

	// A collection of a library may do anything when it is read: its fields tell enough.
	private long insideOf(Object value, Class<?> type, int depth) {
		if (value instanceof Object[] array) {
			return sizeOfAll(Arrays.asList(array), array.length, depth);
		}
		if (!isOfJdk(type)) {
			return sizeOfFields(value, type, depth);
		}
		if (value instanceof Collection<?> collection) {
			return sizeOfAll(collection, collection.size(), depth);
		}
		if (value instanceof Map<?, ?> map) {
			return sizeOfAll(map.keySet(), map.size(), depth) + sizeOfAll(map.values(), map.size(), depth);
		}
		return sizeOfHolder(value, type, depth);
	}

	// What else of the JDK holds objects or much memory. How large others are, such as an
	// image or a document, nobody knows.
	private long sizeOfHolder(Object value, Class<?> type, int depth) {
		if (value instanceof Optional<?> optional) {
			return sizeOf(optional.orElse(null), depth);
		}
		if (value instanceof Map.Entry<?, ?> entry) {
			return sizeOf(entry.getKey(), depth) + sizeOf(entry.getValue(), depth);
		}
		if (value instanceof AtomicReference<?> reference) {
			return sizeOf(reference.get(), depth);
		}
		if (value instanceof BigInteger number) {
			return number.bitLength() / Byte.SIZE;
		}
		if (value instanceof BigDecimal number) {
			return number.unscaledValue().bitLength() / Byte.SIZE;
		}
		if (value instanceof BitSet bits) {
			return bits.size() / Byte.SIZE;
		}
		return isSmall(value, type) ? OBJECT : UNKNOWN;
	}

	// A part of an array holds all of it.
	private long sizeOfBuffer(Buffer buffer) {
		return buffer.hasArray() ? sizeOf(buffer.array(), 0)
				: (long) buffer.capacity() * ((buffer instanceof ByteBuffer) ? 1 : Long.BYTES);
	}

	private static boolean isSmall(Object value, Class<?> type) {
		return SMALL_PACKAGES.contains(type.getPackageName())
				|| SMALL.stream().anyMatch((each) -> each.isInstance(value));
	}

	private long sizeOfAll(Iterable<?> values, int count, int depth) {
		long size = 0;
		int looked = 0;
		for (Object each : values) {
			size += REFERENCE + sizeOf(each, depth);
			if (++looked == SAMPLE) {
				break;
			}
		}
		return (looked == 0) ? 0 : size * count / looked;
	}

	private long sizeOfFields(Object value, Class<?> type, int depth) {
		long size = 0;
		for (Field field : FIELDS.get(type)) {
			try {
				size += REFERENCE + sizeOf(field.get(value), depth);
			}
			catch (IllegalAccessException ex) {
				size += REFERENCE;
			}
		}
		return size;
	}

}
