package dev.offload.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * Finds the methods of classes that are to run in executors. Safe for use by many
 * threads.
 */
public final class OffloadMethods {

	private final StringValueResolver placeholders;

	private final Map<Class<?>, Map<Method, OffloadMethod>> known = new ConcurrentHashMap<>();

	/**
	 * Creates one.
	 * @param placeholders resolves the placeholders in the annotations
	 */
	public OffloadMethods(StringValueResolver placeholders) {
		this.placeholders = placeholders;
	}

	/**
	 * The methods of a class that are to run in executors: its own, those inherited and
	 * the default ones of its interfaces.
	 * @param type the class of the bean, not of a proxy
	 * @return the methods by the method itself, empty for most classes
	 * @throws IllegalArgumentException if a value in an annotation is wrong
	 */
	public Map<Method, OffloadMethod> of(Class<?> type) {
		Map<Method, OffloadMethod> found = this.known.get(type);
		if (found == null) {
			found = isCandidate(type) ? find(type) : Map.of();
			this.known.put(type, found);
		}
		return found;
	}

	private static boolean isCandidate(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, OffloadTo.class) && (!isOfSpring(type)
				|| AnnotatedElementUtils.isAnnotated(ClassUtils.getUserClass(type), Component.class));
	}

	private static boolean isOfSpring(Class<?> type) {
		return type.getName().startsWith("org.springframework.");
	}

	private Map<Method, OffloadMethod> find(Class<?> type) {
		Map<Method, OffloadMethod> found = new LinkedHashMap<>();
		MethodIntrospector.selectMethods(type, (Method method) -> inspect(method, type))
			.values()
			.forEach((method) -> found.put(method.method(), method));
		return Map.copyOf(found);
	}

	private @Nullable OffloadMethod inspect(Method method, Class<?> type) {
		MergedAnnotation<OffloadTo> own = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)
			.get(OffloadTo.class);
		if (own.isPresent()) {
			return describe(method, type, own, true);
		}
		int modifiers = method.getModifiers();
		if (!Modifier.isPublic(modifiers) || Modifier.isStatic(modifiers)) {
			return null;
		}
		MergedAnnotation<OffloadTo> ofType = ofDeclaringType(method, type);
		return (ofType != null) ? describe(method, type, ofType, false) : null;
	}

	private static @Nullable MergedAnnotation<OffloadTo> ofDeclaringType(Method method, Class<?> type) {
		MergedAnnotation<OffloadTo> found = onType(method.getDeclaringClass());
		if (found.isPresent()) {
			return found;
		}
		for (Class<?> candidate : TypeHierarchy.of(type)) {
			found = onType(candidate);
			if (candidate.isInterface() && found.isPresent() && declares(candidate, method, type)) {
				return found;
			}
		}
		return null;
	}

	private static MergedAnnotation<OffloadTo> onType(Class<?> type) {
		return MergedAnnotations.from(type, SearchStrategy.SUPERCLASS).get(OffloadTo.class);
	}

	private static boolean declares(Class<?> candidate, Method method, Class<?> type) {
		for (Method declared : candidate.getMethods()) {
			if (declared.getName().equals(method.getName())
					&& AopUtils.getMostSpecificMethod(declared, type).equals(method)) {
				return true;
			}
		}
		return false;
	}

	private OffloadMethod describe(Method method, Class<?> type, MergedAnnotation<OffloadTo> annotation,
			boolean onMethod) {
		OffloadTo offload = annotation.synthesize();
		CallTerms terms = new TermsReader(method, this::resolve).read(offload);
		String fallback = resolve(offload.fallback()).strip();
		// One annotation of a class is also that of the method which it names.
		boolean answered = !fallback.isEmpty() && (onMethod || !fallback.equals(method.getName()));
		return new OffloadMethod(method, resolve(offload.value()), terms,
				answered ? Fallback.of(fallback, method, type) : null, onMethod);
	}

	private String resolve(String text) {
		return Objects.requireNonNullElse(this.placeholders.resolveStringValue(text), "");
	}

}
