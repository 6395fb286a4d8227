package dev.offload.spring;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * All that a class is.
 */
public final class TypeHierarchy {

	private TypeHierarchy() {
	}

	/**
	 * A class, its superclasses, and all of their interfaces with those that these
	 * extend.
	 * @param type the class
	 * @return the types, the class itself first
	 */
	public static Set<Class<?>> of(Class<?> type) {
		Set<Class<?>> types = new LinkedHashSet<>();
		collect(type, types);
		return types;
	}

	private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
		if (type != null && into.add(type)) {
			collect(type.getSuperclass(), into);
			for (Class<?> extended : type.getInterfaces()) {
				collect(extended, into);
			}
		}
	}

}
