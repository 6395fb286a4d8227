package dev.offload.spi;

import java.lang.reflect.Array;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Items or results of a chunk as one array: of primitives where all are of one numeric
 * type, which every codec writes at once, otherwise of objects.
 */
public final class Items {

	private Items() {
	}

	/**
	 * Makes the array.
	 * @param values the values
	 * @return a {@code long[]}, {@code int[]} or {@code double[]} if there are only
	 * those, otherwise an {@code Object[]}
	 */
	public static Object pack(List<? extends @Nullable Object> values) {
		Class<?> type = typeOf(values);
		Object array = Array.newInstance((type != null) ? type : Object.class, values.size());
		if (array instanceof long[] longs) {
			for (int i = 0; i < longs.length; i++) {
				longs[i] = (Long) values.get(i);
			}
			return longs;
		}
		if (array instanceof int[] ints) {
			for (int i = 0; i < ints.length; i++) {
				ints[i] = (Integer) values.get(i);
			}
			return ints;
		}
		if (array instanceof double[] doubles) {
			for (int i = 0; i < doubles.length; i++) {
				doubles[i] = (Double) values.get(i);
			}
			return doubles;
		}
		return values.toArray();
	}

	private static @Nullable Class<?> typeOf(List<? extends @Nullable Object> values) {
		Object first = values.isEmpty() ? null : values.get(0);
		Class<?> type = primitive(first);
		if (type == null || first == null) {
			return null;
		}
		Class<?> boxed = first.getClass();
		for (Object value : values) {
			if (value == null || value.getClass() != boxed) {
				return null;
			}
		}
		return type;
	}

	private static @Nullable Class<?> primitive(@Nullable Object value) {
		if (value instanceof Long) {
			return long.class;
		}
		if (value instanceof Integer) {
			return int.class;
		}
		return (value instanceof Double) ? double.class : null;
	}

	/**
	 * How many values an array holds.
	 * @param packed what {@link #pack} gave
	 * @return the number
	 */
	public static int count(Object packed) {
		return Array.getLength(packed);
	}

	/**
	 * One of the values.
	 * @param packed what {@link #pack} gave
	 * @param index which one
	 * @return the value
	 */
	public static @Nullable Object get(Object packed, int index) {
		if (packed instanceof long[] longs) {
			return longs[index];
		}
		if (packed instanceof int[] ints) {
			return ints[index];
		}
		if (packed instanceof Object[] objects) {
			return objects[index];
		}
		return Array.get(packed, index);
	}

}
