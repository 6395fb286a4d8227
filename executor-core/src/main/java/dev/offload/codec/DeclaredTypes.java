package dev.offload.codec;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Collects the classes that a method's declared types are made of: the types, their
 * arguments, the fields of classes outside the JDK, and the permitted subclasses of
 * sealed ones. Loads but never initializes them.
 */
final class DeclaredTypes {

	private final Set<Class<?>> classes = new HashSet<>();

	private final Set<Type> seen = new HashSet<>();

	private final Deque<Type> open = new ArrayDeque<>();

	private DeclaredTypes() {
	}

	static Set<Class<?>> of(Type... types) {
		DeclaredTypes declared = new DeclaredTypes();
		declared.add(types);
		for (Type next = declared.open.poll(); next != null; next = declared.open.poll()) {
			declared.expand(next);
		}
		return Set.copyOf(declared.classes);
	}

	private void add(Type... types) {
		for (Type type : types) {
			if (this.seen.add(type)) {
				this.open.add(type);
			}
		}
	}

	private void expand(Type type) {
		if (type instanceof Class<?> raw) {
			expandClass(raw);
		}
		else if (type instanceof ParameterizedType parameterized) {
			add(parameterized.getRawType());
			add(parameterized.getActualTypeArguments());
		}
		else if (type instanceof GenericArrayType array) {
			add(array.getGenericComponentType());
		}
		else if (type instanceof TypeVariable<?> variable) {
			add(variable.getBounds());
		}
		else if (type instanceof WildcardType wildcard) {
			add(wildcard.getUpperBounds());
			add(wildcard.getLowerBounds());
		}
	}

	private void expandClass(Class<?> type) {
		if (type.isArray()) {
			add(type.getComponentType());
			return;
		}
		if (type.isPrimitive()) {
			return;
		}
		this.classes.add(type);
		if (isJdk(type)) {
			return;
		}
		if (type.isSealed()) {
			add(type.getPermittedSubclasses());
		}
		Class<?> parent = type.getSuperclass();
		if (parent != null) {
			add(parent);
			add(type.getGenericSuperclass());
		}
		for (Field field : type.getDeclaredFields()) {
			if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
				add(field.getGenericType());
			}
		}
	}

	private static boolean isJdk(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
	}

}
