package dev.offload.codec;

import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The classes whose objects may be read: values, collections and exceptions of the JDK,
 * every other exception, the application's packages, what {@code allowed-types} names,
 * and the declared types of a method. Dynamic proxies never, lambdas only if asked for.
 * Immutable and safe for use by many threads; answers are kept for each class.
 *
 * <p>
 * A worker makes one while it starts, and so there is no stream, lambda or regular
 * expression on that way: the first use of each costs it milliseconds.
 */
public final class AllowedTypes implements Predicate<Class<?>> {

	private final Rules rules;

	private final Set<Class<?>> declared;

	private final boolean lambdas;

	private AllowedTypes(Rules rules, Set<Class<?>> declared, boolean lambdas) {
		this.rules = rules;
		this.declared = declared;
		this.lambdas = lambdas;
	}

	/**
	 * The default list, widened.
	 * @param applicationPackages the packages of the application, with those below them;
	 * the empty name stands for the classes that are in no package
	 * @param patterns further classes: {@code com.acme.Invoice}, {@code com.acme.dto.*},
	 * {@code com.acme.**}
	 * @return the list
	 * @throws IllegalArgumentException if one of them is malformed or would admit
	 * everything
	 */
	public static AllowedTypes of(Collection<String> applicationPackages, Collection<String> patterns) {
		List<TypePattern> all = new ArrayList<>();
		for (String name : applicationPackages) {
			all.add(TypePattern.ofPackage(name));
		}
		for (String pattern : patterns) {
			all.add(TypePattern.parse(pattern));
		}
		return new AllowedTypes(new Rules(List.copyOf(all)), Set.of(), false);
	}

	/**
	 * The same list with the declared types of a method and what they contain: their type
	 * arguments, the declared types of their fields and the permitted subclasses of
	 * sealed types, transitively, but nothing inside classes of the JDK. Exactly those
	 * classes, so that a field declared as an interface admits no implementation.
	 * @param types the declared types, such as a return type or parameter types
	 * @return the wider list
	 */
	public AllowedTypes withDeclared(Type... types) {
		Set<Class<?>> all = new HashSet<>(this.declared);
		all.addAll(DeclaredTypes.of(types));
		return new AllowedTypes(this.rules, Set.copyOf(all), this.lambdas);
	}

	/**
	 * The same list with lambdas and method references, if the class that made them is
	 * admitted. Meant for workers: what comes from a worker holds none.
	 * @return the wider list
	 */
	public AllowedTypes withLambdas() {
		return new AllowedTypes(this.rules, this.declared, true);
	}

	@Override
	public boolean test(Class<?> type) {
		if (type.isArray()) {
			return test(type.getComponentType());
		}
		if (type.isPrimitive()) {
			return true;
		}
		if (type.getName().equals(JdkTypes.LAMBDA)) {
			return this.lambdas;
		}
		return this.declared.contains(type) ? !Proxy.isProxyClass(type) : this.rules.get(type);
	}

	/**
	 * What depends on the class alone. The answers live and die with the class.
	 */
	private static final class Rules extends ClassValue<Boolean> {

		private final List<TypePattern> patterns;

		private Rules(List<TypePattern> patterns) {
			this.patterns = patterns;
		}

		@Override
		protected Boolean computeValue(Class<?> type) {
			if (Proxy.isProxyClass(type)) {
				return false;
			}
			return JdkTypes.admits(type) || matches(type.getName());
		}

		private boolean matches(String name) {
			for (TypePattern pattern : this.patterns) {
				if (pattern.matches(name)) {
					return true;
				}
			}
			return false;
		}

	}

}
