package dev.offload.spring.worker;

import java.util.Arrays;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Types known by name only, for their libraries may not be there. Types and not bean
 * names: a wrong bean name finds nothing and says nothing.
 */
final class TypeNames {

	private TypeNames() {
	}

	/**
	 * Whether a class is of one of the types.
	 * @param type the class, {@code null} if it is not known
	 * @param names the names of classes and interfaces
	 * @return {@code true} if it, a superclass or an interface of it has one of the names
	 */
	static boolean isAnyOf(@Nullable Class<?> type, Set<String> names) {
		if (type == null) {
			return false;
		}
		return names.contains(type.getName()) || isAnyOf(type.getSuperclass(), names)
				|| Arrays.stream(type.getInterfaces()).anyMatch((each) -> isAnyOf(each, names));
	}

	static boolean is(Class<?> type, String name) {
		return isAnyOf(type, Set.of(name));
	}

}
