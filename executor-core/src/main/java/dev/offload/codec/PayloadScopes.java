package dev.offload.codec;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.offload.Invocation;
import dev.offload.ItemFunction;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * What payloads may hold, by the task to which they belong: the application's packages
 * and patterns, the package of the task's own class, and what its method declares. Safe
 * for use by many threads.
 */
public final class PayloadScopes {

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private final Collection<String> packages;

	private final Collection<String> patterns;

	private final PayloadLimits limits;

	/** By what they are of and which way they go; there are as many as methods. */
	private final Map<List<Object>, PayloadScope> known = new ConcurrentHashMap<>();

	/**
	 * Creates them.
	 * @param packages the application's packages
	 * @param patterns more patterns of classes
	 * @param limits the limits on size
	 */
	public PayloadScopes(Collection<String> packages, Collection<String> patterns, PayloadLimits limits) {
		this.packages = List.copyOf(packages);
		this.patterns = List.copyOf(patterns);
		this.limits = limits;
	}

	/**
	 * The loader by which a class of the application sees others.
	 * @param type the class
	 * @return its loader, or the system's
	 */
	public static ClassLoader loaderOf(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return (loader != null) ? loader : ClassLoader.getSystemClassLoader();
	}

	/**
	 * For the arguments of a method, and the object to call it on.
	 * @param method the method
	 * @param target the name of the target's type or bean
	 * @param loader the loader of the application's classes
	 * @return the scope
	 */
	public PayloadScope ofArguments(Method method, String target, ClassLoader loader) {
		return scope(List.of("arguments", method, target), loader,
				() -> types(List.of(packageOf(method.getDeclaringClass()), packageOf(target)))
					.withDeclared(method.getGenericParameterTypes())
					.withLambdas());
	}

	/**
	 * For the result of a method.
	 * @param method the method
	 * @return the scope
	 */
	public PayloadScope ofResult(Method method) {
		return scope(List.of("result", method), loaderOf(method.getDeclaringClass()),
				() -> types(List.of(packageOf(method.getDeclaringClass()))).withDeclared(resultTypes(method)));
	}

	// A suspend function of Kotlin says in its last parameter what it returns.
	private static Type[] resultTypes(Method method) {
		Class<?>[] raw = method.getParameterTypes();
		return (raw.length > 0 && raw[raw.length - 1].getName().equals(CONTINUATION))
				? new Type[] { method.getGenericReturnType(), method.getGenericParameterTypes()[raw.length - 1] }
				: new Type[] { method.getGenericReturnType() };
	}

	/**
	 * For the result of a call: of its method, or of a function or callable that
	 * travelled, which may give back what a task of the same class may.
	 * @param invocation the call
	 * @return the scope
	 */
	public PayloadScope ofResult(Invocation invocation) {
		Object instance = invocation.target().instance();
		return (instance instanceof ItemFunction || instance instanceof Callable) ? ofTaskResult(instance.getClass())
				: ofResult(invocation.method());
	}

	/**
	 * For a task and what it captured.
	 * @param owner the class that the task belongs to
	 * @param loader the loader of the application's classes
	 * @return the scope
	 */
	public PayloadScope ofTask(String owner, ClassLoader loader) {
		return scope(List.of("task", packageOf(owner)), loader, () -> types(List.of(packageOf(owner))).withLambdas());
	}

	/**
	 * For the result of a task.
	 * @param type the class of the task
	 * @return the scope
	 */
	public PayloadScope ofTaskResult(Class<?> type) {
		return scope(List.of("taskResult", packageOf(type), loaderOf(type)), loaderOf(type),
				() -> types(List.of(packageOf(type))));
	}

	private PayloadScope scope(List<Object> key, ClassLoader loader, Supplier<AllowedTypes> types) {
		return this.known.computeIfAbsent(key, (ignored) -> new PayloadScope(loader, types.get(), this.limits));
	}

	private AllowedTypes types(List<String> more) {
		List<String> all = new ArrayList<>(this.packages);
		for (String name : more) {
			if (!name.isEmpty() && !name.startsWith("java.")) {
				all.add(name);
			}
		}
		return AllowedTypes.of(all, this.patterns);
	}

	private static String packageOf(Class<?> type) {
		return type.getPackageName();
	}

	private static String packageOf(String type) {
		int dot = type.lastIndexOf('.');
		return (dot < 0) ? "" : type.substring(0, dot);
	}

}
