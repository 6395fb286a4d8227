package dev.offload.spring.validation;

import java.io.Externalizable;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which fields go with an object when Java serialization writes it.
 */
final class SentFields {

	private SentFields() {
	}

	/**
	 * The fields of a class, inherited ones included, that are written by themselves:
	 * none where the class has a say in how it is written, for that may be another way.
	 * @param type the class
	 * @return the fields
	 */
	static List<Field> of(Class<?> type) {
		List<Field> fields = new ArrayList<>();
		try {
			if (isOrdinary(type)) {
				Class<?> current = type;
				while (current != null && Serializable.class.isAssignableFrom(current) && !JdkNames.matches(current)) {
					addOwn(current, fields);
					current = current.getSuperclass();
				}
			}
		}
		catch (LinkageError ex) {
			// A class that is not there is one that nobody has a value of.
			return List.of();
		}
		return fields;
	}

	private static boolean isOrdinary(Class<?> type) {
		if (!Serializable.class.isAssignableFrom(type) || Externalizable.class.isAssignableFrom(type)
				|| type.isInterface() || type.isEnum() || type.isArray() || JdkNames.matches(type)) {
			return false;
		}
		Class<?> current = type;
		while (current != null && current != Object.class) {
			if (find(current, "writeReplace") != null) {
				return false;
			}
			current = current.getSuperclass();
		}
		return true;
	}

	private static void addOwn(Class<?> type, List<Field> fields) {
		boolean byItself = find(type, "writeObject", ObjectOutputStream.class) != null
				|| Arrays.stream(type.getDeclaredFields())
					.anyMatch((field) -> field.getName().equals("serialPersistentFields"));
		if (byItself && !type.isRecord()) {
			return;
		}
		for (Field field : type.getDeclaredFields()) {
			if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())
					&& !field.isSynthetic()) {
				fields.add(field);
			}
		}
	}

	private static @Nullable Method find(Class<?> type, String name, Class<?>... parameters) {
		try {
			return type.getDeclaredMethod(name, parameters);
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
	}

}
