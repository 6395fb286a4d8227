package dev.offload.spring.validation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import dev.offload.OffloadException;
import dev.offload.spring.CallForm;
import dev.offload.spring.Fallback;
import dev.offload.spring.OffloadMethod;
import dev.offload.spring.OffloadTo;
import dev.offload.spring.reactive.ReactiveMethod;

/**
 * Says why the fallback of a method can never answer for it, and what to do.
 */
final class FallbackRules {

	private FallbackRules() {
	}

	/**
	 * Checks the fallback of one method.
	 * @param type the class of the bean
	 * @param offload the method
	 * @return what is wrong, without the name of the method; empty if nothing is
	 */
	static List<String> check(Class<?> type, OffloadMethod offload) {
		Fallback fallback = offload.fallback();
		if (fallback == null) {
			return List.of();
		}
		if (offload.kind() == CallForm.Kind.HANDLE || offload.kind() == CallForm.Kind.NOTHING) {
			return List.of(prefix(fallback) + "but its callers do not wait for an answer; remove the fallback, or "
					+ "return a CompletableFuture");
		}
		if (fallback.fitting().isEmpty()) {
			// A definition may tell less than the bean, which is checked when it is made.
			boolean known = !Modifier.isAbstract(type.getModifiers());
			return known ? List.of(missing(type, offload, fallback)) : List.of();
		}
		List<String> problems = new ArrayList<>();
		if (fallback.fitting().stream().filter((answer) -> answersForAll(answer, offload)).count() > 1) {
			problems.add(prefix(fallback) + "of which two answer for every OffloadException; remove one of them");
		}
		for (Method answer : fallback.fitting()) {
			check(type, offload, answer).forEach((problem) -> problems.add(prefix(fallback) + problem));
		}
		return problems;
	}

	private static boolean answersForAll(Method answer, OffloadMethod offload) {
		return Fallback.failureType(answer, offload.method()) == OffloadException.class;
	}

	private static String missing(Class<?> type, OffloadMethod offload, Fallback fallback) {
		String parameters = parameters(offload.method());
		String wanted = "declare one with (" + parameters + "), and if wanted an exception after that";
		if (!fallback.named().isEmpty()) {
			return prefix(fallback) + "none of which takes what the method takes; " + wanted;
		}
		List<String> names = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
			.map(Method::getName)
			.filter((name) -> !name.equals(offload.method().getName()))
			.toList();
		return prefix(fallback) + "which " + type.getName() + " has not: "
				+ NearNames.nearest(fallback.name(), names).map((near) -> "did you mean '" + near + "'? ").orElse("")
				+ wanted;
	}

	private static String prefix(Fallback fallback) {
		return "names fallback '" + fallback.name() + "', ";
	}

	private static List<String> check(Class<?> type, OffloadMethod offload, Method answer) {
		List<String> problems = new ArrayList<>();
		String signature = "and " + answer.getName() + "(" + parameters(answer) + ") ";
		if (!returnsAnswer(type, offload, answer)) {
			problems.add(signature + "returns " + answer.getGenericReturnType().getTypeName() + ", which is no "
					+ offload.method().getGenericReturnType().getTypeName()
					+ (offload.async() ? ", no value of it and no stage of one" : "") + "; return that");
		}
		if (ReactiveMethod.parameterCount(answer) < answer.getParameterCount()) {
			problems.add(signature + "is a suspend function; make it an ordinary one");
		}
		if (MergedAnnotations.from(answer, SearchStrategy.TYPE_HIERARCHY).isPresent(OffloadTo.class)) {
			problems.add(signature + "has @OffloadTo itself, but a fallback runs in the service; remove it, or let the "
					+ "fallback call that method of another bean");
		}
		if (!offload.async()) {
			checkExceptions(offload, answer).forEach((thrown) -> problems.add(signature + "throws " + thrown
					+ ", which the method does not " + "declare; declare it there, or throw an unchecked one"));
		}
		return problems;
	}

	private static boolean returnsAnswer(Class<?> type, OffloadMethod offload, Method answer) {
		ResolvableType value = offload.form().value(offload.method(), type);
		ResolvableType given = ResolvableType.forMethodReturnType(answer, type);
		if (offload.kind() == CallForm.Kind.STREAM) {
			return isAssignable(ResolvableType.forClass(Stream.class), given)
					&& isAssignable(value, given.as(Stream.class).getGeneric(0));
		}
		if (!offload.async()) {
			return isAssignable(value, given);
		}
		Class<?> raw = given.resolve(Object.class);
		if (CompletionStage.class.isAssignableFrom(raw) && offload.kind() == CallForm.Kind.FUTURE) {
			return isAssignable(value, given.as(CompletionStage.class).getGeneric(0));
		}
		ReactiveMethod reactive = offload.form().reactive();
		return (reactive != null && reactive.many()) ? returnsMany(value, answer)
				: returnsOne(type, offload, value, answer);
	}

	private static boolean returnsMany(ResolvableType value, Method answer) {
		ReactiveMethod answering = ReactiveMethod.of(answer);
		return answering != null && isAssignable(value, answering.value());
	}

	// A value, nothing where there is none, or something with one value.
	private static boolean returnsOne(Class<?> type, OffloadMethod offload, ResolvableType value, Method answer) {
		ReactiveMethod answering = (offload.form().reactive() != null) ? ReactiveMethod.of(answer) : null;
		if (answering != null) {
			return !answering.many() && isAssignable(value, answering.value());
		}
		ResolvableType given = ResolvableType.forMethodReturnType(answer, type);
		boolean nothing = answer.getReturnType() == void.class && value.resolve(Object.class) == Void.class;
		return nothing || isAssignable(value, given);
	}

	private static boolean isAssignable(ResolvableType wanted, ResolvableType given) {
		Class<?> from = given.resolve(Object.class);
		Class<?> to = wanted.resolve(Object.class);
		return (from == void.class || to == void.class) ? from == to : ClassUtils.isAssignable(to, from);
	}

	private static List<String> checkExceptions(OffloadMethod offload, Method answer) {
		return Arrays.stream(answer.getExceptionTypes())
			.filter((thrown) -> !RuntimeException.class.isAssignableFrom(thrown)
					&& !Error.class.isAssignableFrom(thrown)
					&& !ReflectionUtils.declaresException(offload.method(), thrown))
			.map(Class::getName)
			.toList();
	}

	private static String parameters(Method method) {
		return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", "));
	}

}
