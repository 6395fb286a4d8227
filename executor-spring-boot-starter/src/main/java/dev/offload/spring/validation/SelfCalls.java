package dev.offload.spring.validation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.asm.ClassReader;
import org.springframework.asm.Type;

import dev.offload.spring.OffloadMethod;
import dev.offload.spring.TypeHierarchy;

/**
 * Finds calls of a bean to annotated methods of its own, which pass no proxy and so run
 * where their callers run.
 * <p>
 * It reads the class files of the bean's class, and of its superclasses and interfaces.
 * What it cannot read it says nothing of.
 */
final class SelfCalls {

	private static final Logger logger = LoggerFactory.getLogger(SelfCalls.class);

	private static final String LAMBDA = "lambda$";

	private final ExecutorCatalog executors;

	SelfCalls(ExecutorCatalog executors) {
		this.executors = executors;
	}

	/**
	 * The calls of a class to its own annotated methods.
	 * @param type the class of a bean
	 * @param offloaded its annotated methods
	 * @return a sentence for each pair of methods that says which they are and what to do
	 */
	Collection<String> of(Class<?> type, Collection<OffloadMethod> offloaded) {
		Set<String> warnings = new LinkedHashSet<>();
		Map<String, OffloadMethod> targets = targets(type, offloaded);
		Set<String> owners = new LinkedHashSet<>();
		TypeHierarchy.of(type).forEach((owner) -> owners.add(Type.getInternalName(owner)));
		for (Class<?> read : TypeHierarchy.of(type)) {
			if (JdkNames.matches(read) || read.getName().startsWith("org.springframework.")) {
				continue;
			}
			for (SelfCall call : read(read, owners)) {
				OffloadMethod target = targets.get(call.target());
				if (target != null && isLost(caller(call, targets), target)) {
					warnings.add(describe(read, call, target));
				}
			}
		}
		return warnings;
	}

	private static @Nullable OffloadMethod caller(SelfCall call, Map<String, OffloadMethod> targets) {
		return targets.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equals(call.caller())
					|| (call.inLambda() && entry.getKey().startsWith(call.callerName() + "(")))
			.map(Map.Entry::getValue)
			.findAny()
			.orElse(null);
	}

	// A method that is in a worker stays there, and so does all that it calls.
	private boolean isLost(@Nullable OffloadMethod caller, OffloadMethod target) {
		return caller == null
				|| !(this.executors.sends(caller.executor()) || caller.executor().equals(target.executor()));
	}

	private static String describe(Class<?> read, SelfCall call, OffloadMethod target) {
		String name = target.method().getName();
		return read.getName() + "." + call.callerName() + " calls " + name
				+ " on its own object: such a call passes no proxy, so it runs where it is called, and not in executor '"
				+ target.executor() + "'. Move " + name
				+ " to another bean, or call it on a reference to this bean that is injected (@Lazy)";
	}

	// By name and descriptor, as written in byte code: also those of methods that it
	// overrides, of which generic ones have other types.
	private static Map<String, OffloadMethod> targets(Class<?> type, Collection<OffloadMethod> offloaded) {
		Map<String, OffloadMethod> targets = new HashMap<>();
		for (OffloadMethod target : offloaded) {
			targets.put(key(target.method()), target);
			for (Class<?> declaring : TypeHierarchy.of(type)) {
				for (Method declared : declaring.getDeclaredMethods()) {
					if (declared.getName().equals(target.method().getName())
							&& declared.getParameterCount() == target.method().getParameterCount()
							&& AopUtils.getMostSpecificMethod(declared, type).equals(target.method())) {
						targets.put(key(declared), target);
					}
				}
			}
		}
		return targets;
	}

	private static String key(Method method) {
		return method.getName() + Type.getMethodDescriptor(method);
	}

	private static List<SelfCall> read(Class<?> type, Set<String> owners) {
		String name = type.getName();
		try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
			return (in != null) ? read(new ClassReader(in), owners) : List.of();
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			// A class file of a newer Java than ASM knows, or one of another compiler.
			logger.debug("The calls of {} to itself are not known", name, ex);
			return List.of();
		}
	}

	/**
	 * Reads a class, without the methods that cannot be read.
	 * @param reader its class file
	 * @param owners the internal names of all that {@code this} is
	 * @return the calls of the others
	 */
	static List<SelfCall> read(ClassReader reader, Set<String> owners) {
		Set<String> left = new HashSet<>();
		while (true) {
			List<SelfCall> calls = new ArrayList<>();
			SelfCallVisitor visitor = new SelfCallVisitor(owners, calls, left);
			try {
				reader.accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
				return calls;
			}
			catch (RuntimeException ex) {
				logger.debug("The calls in {} of {} are not known", visitor.reading(), reader.getClassName(), ex);
				if (!left.add(visitor.reading())) {
					return calls;
				}
			}
		}
	}

	/**
	 * A call of a method on the object that calls.
	 *
	 * @param caller name and descriptor of the method that calls
	 * @param target name and descriptor of the method that is called
	 */
	record SelfCall(String caller, String target) {

		boolean inLambda() {
			return this.caller.startsWith(LAMBDA) && this.caller.lastIndexOf('$') > LAMBDA.length();
		}

		// The compiler names the body of a lambda lambda$method$0.
		String callerName() {
			String name = this.caller.substring(0, this.caller.indexOf('('));
			return inLambda() ? name.substring(LAMBDA.length(), name.lastIndexOf('$')) : name;
		}

	}

}
