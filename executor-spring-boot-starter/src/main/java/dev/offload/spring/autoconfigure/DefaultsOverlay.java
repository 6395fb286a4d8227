package dev.offload.spring.autoconfigure;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/**
 * Lays settings over defaults. What is set wins; maps are joined, lists are replaced.
 */
final class DefaultsOverlay {

	private DefaultsOverlay() {
	}

	/**
	 * Joins two records of one type.
	 * @param <R> the type
	 * @param own what was set
	 * @param defaults what goes where nothing was set
	 * @return the joined settings
	 */
	static <R extends Record> R join(R own, R defaults) {
		RecordComponent[] components = own.getClass().getRecordComponents();
		@Nullable Object[] values = new Object[components.length];
		for (int i = 0; i < components.length; i++) {
			values[i] = joinValues(read(components[i], own), read(components[i], defaults));
		}
		@SuppressWarnings("unchecked")
		Constructor<R> constructor = (Constructor<R>) canonicalConstructor(own.getClass(), components);
		return BeanUtils.instantiateClass(constructor, values);
	}

	private static @Nullable Object joinValues(@Nullable Object own, @Nullable Object otherwise) {
		if (own == null || otherwise == null) {
			return (own != null) ? own : otherwise;
		}
		if (own instanceof Map<?, ?> map) {
			Map<Object, Object> joined = new LinkedHashMap<>((Map<?, ?>) otherwise);
			joined.putAll(map);
			return joined;
		}
		return (own instanceof Record record) ? join(record, (Record) otherwise) : own;
	}

	private static @Nullable Object read(RecordComponent component, Record from) {
		try {
			return component.getAccessor().invoke(from);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("Cannot read " + component, ex);
		}
	}

	private static Constructor<?> canonicalConstructor(Class<?> type, RecordComponent[] components) {
		Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			return type.getDeclaredConstructor(types);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(type + " is not a record", ex);
		}
	}

}
