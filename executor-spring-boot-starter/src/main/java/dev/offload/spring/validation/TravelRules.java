package dev.offload.spring.validation;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.springframework.core.ResolvableType;

import dev.offload.spool.StreamedTypes;

/**
 * Says which declared types have no value that could be sent to another process, and
 * which have few. Where the value decides, as with interfaces and collections, nothing is
 * refused.
 */
final class TravelRules {

	/** Generic types can go on without end. */
	private static final int MAX_DEPTH = 24;

	private static final int MAX_NESTING = 5;

	private static final String ARROW = " -> ";

	/** What has values of its type arguments in it. */
	private static final Set<Class<?>> CONTAINERS = Set.of(Iterable.class, Map.class, Map.Entry.class, Optional.class,
			AtomicReference.class);

	private static final String WAYS_OUT = "let it implement that, or set codec: kryo for the executor and add executor-codec-kryo";

	private final boolean javaSerialization;

	/** What is sent of a class, for many methods have the same. */
	private final Map<Class<?>, List<Field>> fields = new ConcurrentHashMap<>();

	/**
	 * Creates the rules.
	 * @param javaSerialization whether only what is {@link Serializable} can be sent
	 */
	TravelRules(boolean javaSerialization) {
		this.javaSerialization = javaSerialization;
	}

	/**
	 * What stands in the way of sending values of a type by themselves.
	 * @param type the declared type
	 * @return what was found in it and in the fields of its values, each class once;
	 * empty if nothing was
	 */
	Collection<TravelFinding> check(ResolvableType type) {
		// As a parameter or a result itself the content is sent; elsewhere it is memory,
		// or open here.
		Class<?> itself = type.resolve();
		return (itself != null && StreamedTypes.known().includes(itself)) ? List.of() : checkItem(type);
	}

	/**
	 * What stands in the way of sending values of a type as the items of a stream, which
	 * do not travel by reference.
	 * @param type the declared type
	 * @return what was found in it and in the fields of its values, each class once;
	 * empty if nothing was
	 */
	Collection<TravelFinding> checkItem(ResolvableType type) {
		Set<TravelFinding> findings = new LinkedHashSet<>();
		if (type.resolve() != ByteBuffer.class) {
			check(type, List.of(), new HashSet<>(), findings);
		}
		return findings;
	}

	private void check(ResolvableType type, List<String> path, Set<String> seen, Collection<TravelFinding> findings) {
		if (path.size() > MAX_DEPTH || !seen.add(key(type, 0))) {
			return;
		}
		if (type.isArray()) {
			check(type.getComponentType(), path, seen, findings);
			return;
		}
		Class<?> raw = type.resolve(Object.class);
		int before = findings.size();
		checkClass(raw, path, findings);
		if (findings.size() > before) {
			return;
		}
		if (CONTAINERS.stream().anyMatch((container) -> container.isAssignableFrom(raw))) {
			for (ResolvableType element : type.getGenerics()) {
				check(element, path, seen, findings);
			}
		}
		if (this.javaSerialization) {
			for (Field field : this.fields.computeIfAbsent(raw, SentFields::of)) {
				check(ResolvableType.forField(field, type), extended(path, field), seen, findings);
			}
		}
	}

	// What makes a type the same: its field does not, and a type that is made of itself
	// ends.
	private static String key(ResolvableType type, int depth) {
		StringBuilder key = new StringBuilder(type.resolve(Object.class).getName());
		if (depth < MAX_NESTING) {
			for (ResolvableType generic : type.getGenerics()) {
				key.append('<').append(key(generic, depth + 1)).append('>');
			}
		}
		return key.toString();
	}

	private void checkClass(Class<?> type, List<String> path, Collection<TravelFinding> findings) {
		String never = path.isEmpty() ? NeverSent.reason(type) : NeverSent.reasonOfField(type);
		if (never != null) {
			findings.add(new TravelFinding(located(path, type) + " " + never, true));
		}
		else if (this.javaSerialization && !type.isPrimitive() && type != Void.class
				&& !Serializable.class.isAssignableFrom(type)) {
			checkNotSerializable(type, path, findings);
		}
	}

	private static void checkNotSerializable(Class<?> type, List<String> path, Collection<TravelFinding> findings) {
		int modifiers = type.getModifiers();
		String located = located(path, type);
		if (Modifier.isFinal(modifiers)) {
			findings.add(new TravelFinding(
					located + " is final and not java.io.Serializable; "
							+ (JdkNames.matches(type) ? "pass something else" : WAYS_OUT + ", or pass something else"),
					true));
		}
		else if (path.isEmpty() && type.isAnnotationPresent(FunctionalInterface.class) && type != Comparator.class) {
			findings.add(new TravelFinding(located
					+ " is a functional interface and not java.io.Serializable, so no lambda of it can be sent; "
					+ "declare one that extends it and Serializable", true));
		}
		else if (!Modifier.isAbstract(modifiers) && type != Object.class) {
			findings.add(new TravelFinding(located
					+ " is not java.io.Serializable, so only values of a subclass that is can be sent; " + WAYS_OUT,
					false));
		}
	}

	private static List<String> extended(List<String> path, Field field) {
		return Stream
			.concat(path.stream(), Stream.of(field.getDeclaringClass().getSimpleName() + "." + field.getName()))
			.toList();
	}

	private static String located(List<String> path, Class<?> type) {
		return path.isEmpty() ? type.getName() : String.join(ARROW, path) + ": " + type.getName();
	}

}
