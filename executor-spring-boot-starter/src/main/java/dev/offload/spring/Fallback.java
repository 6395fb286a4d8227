package dev.offload.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

import dev.offload.OffloadException;
import dev.offload.spring.reactive.ReactiveMethod;

/**
 * The methods of a bean that answer instead of one whose call has failed. Immutable.
 */
public final class Fallback {

	private final String name;

	private final List<Method> named;

	private final List<Method> fitting;

	private Fallback(String name, List<Method> named, List<Method> fitting) {
		this.name = name;
		this.named = named;
		this.fitting = fitting;
	}

	/**
	 * Finds the methods of a name that can answer for a method.
	 * @param name their name
	 * @param method the method that they answer for
	 * @param type the class of the bean
	 * @return what there is, right or wrong
	 */
	static Fallback of(String name, Method method, Class<?> type) {
		List<Method> named = Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(type))
			.filter((candidate) -> candidate.getName().equals(name) && !candidate.isSynthetic())
			.toList();
		Class<?>[] parameters = Arrays.copyOf(parameters(method, type), ReactiveMethod.parameterCount(method));
		return new Fallback(name, named,
				named.stream()
					.filter((candidate) -> !candidate.equals(method) && fits(parameters(candidate, type), parameters))
					.toList());
	}

	private static Class<?>[] parameters(Method method, Class<?> type) {
		Class<?>[] parameters = new Class<?>[method.getParameterCount()];
		for (int i = 0; i < parameters.length; i++) {
			parameters[i] = ResolvableType.forMethodParameter(method, i, type).resolve(Object.class);
		}
		return parameters;
	}

	private static boolean fits(Class<?>[] has, Class<?>[] wanted) {
		return Arrays.equals(has, wanted)
				|| (has.length == wanted.length + 1 && Throwable.class.isAssignableFrom(has[wanted.length])
						&& Arrays.equals(has, 0, wanted.length, wanted, 0, wanted.length));
	}

	/**
	 * The name of the methods.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * All methods of that name.
	 * @return the methods, whatever they take
	 */
	public List<Method> named() {
		return this.named;
	}

	/**
	 * Those that take what the method takes, and perhaps an exception after that.
	 * @return the methods
	 */
	public List<Method> fitting() {
		return this.fitting;
	}

	/**
	 * For which failures a method answers: those of the type that it takes, and
	 * {@link OffloadException} if it takes none.
	 * @param candidate one of the fitting methods
	 * @param method the method that it answers for
	 * @return the type of the failures
	 */
	public static Class<?> failureType(Method candidate, Method method) {
		int parameters = ReactiveMethod.parameterCount(method);
		return (candidate.getParameterCount() > parameters) ? candidate.getParameterTypes()[parameters]
				: OffloadException.class;
	}

	// The method for a failure, the one that takes the nearest type of it.
	@Nullable Method find(Method method, Throwable failure) {
		Method nearest = null;
		for (Method candidate : this.fitting) {
			Class<?> type = failureType(candidate, method);
			if (type.isInstance(failure) && (nearest == null || failureType(nearest, method).isAssignableFrom(type))) {
				nearest = candidate;
			}
		}
		return nearest;
	}

	/**
	 * Calls one of the methods.
	 * @param candidate the method
	 * @param target the bean itself, not its proxy
	 * @param arguments the arguments of the call that failed
	 * @param failure why it failed
	 * @return the answer
	 * @throws Throwable whatever the method throws, with the failure as suppressed
	 */
	static @Nullable Object invoke(Method candidate, @Nullable Object target, @Nullable Object[] arguments,
			Throwable failure) throws Throwable {
		@Nullable Object[] all = Arrays.copyOf(arguments, candidate.getParameterCount());
		if (all.length > arguments.length) {
			all[arguments.length] = failure;
		}
		ReflectionUtils.makeAccessible(candidate);
		try {
			return candidate.invoke(target, all);
		}
		catch (InvocationTargetException ex) {
			throw suppressing(ex.getTargetException(), failure);
		}
	}

	// A failure cannot suppress itself, and may well be thrown on.
	@SuppressWarnings("ReferenceEquality")
	static Throwable suppressing(Throwable thrown, Throwable failure) {
		if (thrown != failure) {
			thrown.addSuppressed(failure);
		}
		return thrown;
	}

}
