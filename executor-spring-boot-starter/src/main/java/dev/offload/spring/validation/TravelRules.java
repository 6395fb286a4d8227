package dev.offload.spring.validation;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import dev.offload.spring.TypeHierarchy;

/**
 * Says which declared types have no value that could be sent to another process. Where
 * the value decides, as with interfaces and collections, nothing is refused.
 */
final class TravelRules {

	private static final String OF_PROCESS = "is part of this process; create it where it is used";

	private static final String OF_REQUEST = "belongs to the current request; read what is needed from it and pass "
			+ "that";

	/** Types by name, for most of them need not be there. */
	private static final Map<String, String> NEVER = never();

	private static final Map<String, String> NEVER_IN_PACKAGES = Map.of("jakarta.servlet.", OF_REQUEST,
			"javax.servlet.", OF_REQUEST, "org.springframework.web.context.request.", OF_REQUEST,
			"org.springframework.web.server.", OF_REQUEST, "org.springframework.http.server.", OF_REQUEST);

	private final boolean javaSerialization;

	/**
	 * Creates the rules.
	 * @param javaSerialization whether only what is {@link Serializable} can be sent
	 */
	TravelRules(boolean javaSerialization) {
		this.javaSerialization = javaSerialization;
	}

	/**
	 * Why no value of a type can be sent.
	 * @param type the declared type
	 * @return the class concerned and why, or {@code null} if there may be such values
	 */
	@Nullable String refusal(ResolvableType type) {
		return refusal(type, new HashSet<>());
	}

	private @Nullable String refusal(ResolvableType type, Set<ResolvableType> seen) {
		if (!seen.add(type)) {
			return null;
		}
		if (type.isArray()) {
			return refusal(type.getComponentType(), seen);
		}
		Class<?> raw = type.resolve(Object.class);
		String reason = reason(raw);
		if (reason != null) {
			return raw.getName() + " " + reason;
		}
		if (raw == Class.class) {
			return null;
		}
		for (ResolvableType element : type.getGenerics()) {
			String refused = refusal(element, seen);
			if (refused != null) {
				return refused;
			}
		}
		return null;
	}

	private @Nullable String reason(Class<?> type) {
		if (type.isPrimitive() || type == Void.class) {
			return null;
		}
		String never = neverReason(type);
		if (never != null) {
			return never;
		}
		if (!this.javaSerialization || Serializable.class.isAssignableFrom(type)) {
			return null;
		}
		if (Modifier.isFinal(type.getModifiers())) {
			return "is final and not java.io.Serializable; let it implement that, or pass something else";
		}
		if (type.isAnnotationPresent(FunctionalInterface.class) && type != Comparator.class) {
			return "is a functional interface and not java.io.Serializable, so no lambda of it can be sent; declare one "
					+ "that extends it and Serializable";
		}
		return null;
	}

	private static @Nullable String neverReason(Class<?> type) {
		for (Class<?> current : TypeHierarchy.of(type)) {
			String reason = NEVER.get(current.getName());
			if (reason != null && !(current == AutoCloseable.class && Serializable.class.isAssignableFrom(type))) {
				return reason;
			}
			for (Map.Entry<String, String> entry : NEVER_IN_PACKAGES.entrySet()) {
				if (current.getName().startsWith(entry.getKey())) {
					return entry.getValue();
				}
			}
		}
		return null;
	}

	private static Map<String, String> never() {
		Map<String, String> never = new LinkedHashMap<>();
		never.put("java.lang.AutoCloseable",
				"is an open resource of this process; pass its content, such as a byte[] or "
						+ "a list, or the name of a file");
		never.put("org.springframework.core.io.InputStreamSource",
				"is read in this process; pass its content as a byte[], or the name of a file");
		for (String name : new String[] { "java.lang.Thread", "java.lang.ThreadGroup", "java.lang.ThreadLocal",
				"java.lang.ClassLoader", "java.lang.Process", "java.util.concurrent.Executor",
				"java.util.concurrent.Future", "java.util.concurrent.CompletionStage",
				"java.util.concurrent.locks.Lock", "org.springframework.beans.factory.BeanFactory",
				"org.springframework.core.env.Environment" }) {
			never.put(name, OF_PROCESS);
		}
		return Map.copyOf(never);
	}

}
