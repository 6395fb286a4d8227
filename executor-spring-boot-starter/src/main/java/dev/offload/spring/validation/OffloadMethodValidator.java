package dev.offload.spring.validation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

import dev.offload.spring.OffloadMethod;
import dev.offload.spring.OffloadMethods;

/**
 * Says why annotated methods of a bean can never be offloaded, and what to do.
 */
public final class OffloadMethodValidator {

	private static final Logger logger = LoggerFactory.getLogger(OffloadMethodValidator.class);

	private static final Set<String> OF_SERVICE = Set.of("request", "session", "application", "websocket");

	private static final String SCOPED_TARGET = "scopedTarget.";

	private final OffloadMethods methods;

	private final ExecutorCatalog executors;

	private final MethodRules rules;

	private final SelfCalls selfCalls;

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	/**
	 * Creates one.
	 * @param methods finds the methods
	 * @param executors the executors that there will be
	 * @param requiresSerializable whether only what is {@link java.io.Serializable} can
	 * be sent where an executor names no codec
	 */
	public OffloadMethodValidator(OffloadMethods methods, ExecutorCatalog executors, boolean requiresSerializable) {
		this.methods = methods;
		this.executors = executors;
		this.rules = new MethodRules(executors, requiresSerializable);
		this.selfCalls = new SelfCalls(executors);
	}

	/**
	 * Whether a class has annotated methods, right or wrong.
	 * @param type the class
	 * @return {@code true} if there is something to check
	 */
	boolean concerns(Class<?> type) {
		try {
			return !this.methods.of(type).isEmpty();
		}
		catch (IllegalArgumentException ex) {
			return true;
		}
	}

	/**
	 * Checks the class of a bean.
	 * @param bean the name of the bean
	 * @param type its class
	 * @param scope its scope, {@code null} if it has no definition, so that a worker
	 * cannot find it by name
	 * @return what is wrong and what to do; empty if nothing is
	 */
	List<String> check(String bean, Class<?> type, @Nullable String scope) {
		Map<Method, OffloadMethod> found;
		try {
			found = this.methods.of(type);
		}
		catch (IllegalArgumentException ex) {
			return List.of("bean '" + bean + "': " + ex.getMessage());
		}
		List<String> problems = new ArrayList<>();
		if (!found.isEmpty()) {
			checkBean(bean, type, scope, found.values())
				.forEach((problem) -> problems.add("bean '" + bean + "' " + problem));
		}
		for (OffloadMethod method : found.values()) {
			MethodRules.Findings findings = this.rules.check(type, method);
			findings.problems().forEach((problem) -> problems.add(describe(bean, method) + " " + problem));
			findings.warnings().forEach((warning) -> warn(describe(bean, method) + " " + warning));
		}
		if (!found.isEmpty()) {
			this.selfCalls.of(type, found.values()).forEach(this::warn);
		}
		return problems;
	}

	// A bean is checked by its definition and as it is made.
	private void warn(String warning) {
		if (this.warned.add(warning)) {
			logger.warn("@OffloadTo: {}", warning);
		}
	}

	private List<String> checkBean(String bean, Class<?> type, @Nullable String scope,
			Collection<OffloadMethod> offloaded) {
		List<String> problems = new ArrayList<>();
		if (Modifier.isFinal(type.getModifiers()) && !Proxy.isProxyClass(type)) {
			problems.add("is of " + type.getName() + ", which is final, and no proxy can be made of it; remove final");
		}
		boolean sent = offloaded.stream().map(OffloadMethod::executor).anyMatch(this.executors::sends);
		if (scope == null && sent) {
			problems.add("has no definition, so a worker cannot find it by its name; declare it as a bean of its own");
		}
		else if (scope != null && OF_SERVICE.contains(scope)) {
			problems
				.add("is of scope " + scope + ", which there is only in the service and on its request threads; move "
						+ "the methods to a singleton"
						+ (bean.startsWith(SCOPED_TARGET) ? " that is given what they need" : ""));
		}
		return problems;
	}

	/**
	 * Checks the proxy that others made of a bean.
	 * @param bean the name of the bean
	 * @param proxy the proxy
	 * @return what is wrong and what to do; empty if nothing is
	 */
	List<String> checkProxy(String bean, Advised proxy) {
		Class<?> type = AopUtils.getTargetClass(proxy);
		List<String> problems = new ArrayList<>();
		for (OffloadMethod method : this.methods.of(type).values()) {
			if (proxy.isFrozen()) {
				problems
					.add(describe(bean, method) + " has a frozen proxy, which takes no more advice; do not freeze it");
			}
			else if (AopUtils.isJdkDynamicProxy(proxy) && !isOnInterface(proxy, type, method.method())) {
				problems.add(describe(bean, method) + " is on no interface, and the bean is a proxy of its interfaces "
						+ "only; declare it in one, or let proxies be made of classes "
						+ "(spring.aop.proxy-target-class=true)");
			}
		}
		return problems;
	}

	private static boolean isOnInterface(Advised proxy, Class<?> type, Method method) {
		return Arrays.stream(ClassUtils.getAllInterfaces(proxy))
			.flatMap((declaring) -> Arrays.stream(declaring.getMethods()))
			.anyMatch((declared) -> declared.getName().equals(method.getName())
					&& AopUtils.getMostSpecificMethod(declared, type).equals(method));
	}

	private static String describe(String bean, OffloadMethod offload) {
		Method method = offload.method();
		String parameters = Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return "bean '" + bean + "': " + method.getDeclaringClass().getName() + "." + method.getName() + "("
				+ parameters + ")";
	}

}
