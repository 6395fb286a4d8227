package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.DefaultAdvisorChainFactory;
import org.springframework.aop.framework.ReflectiveMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.AopUtils;

/**
 * Calls methods of beans in a worker without the advice that already ran in the service:
 * what stands outside the offload advice is left out, what stands inside of it, such as
 * the transaction, runs.
 * <p>
 * {@code AopContext.currentProxy()} is not set during such a call.
 */
public final class InnerChain {

	private InnerChain() {
	}

	/**
	 * Calls a method. One that the offload advice does not cover is called with all
	 * advice of the bean, for none of it ran before.
	 * @param bean the bean as its context gives it, proxy or not
	 * @param method the method of the bean's own class
	 * @param arguments its arguments
	 * @return the result
	 * @throws Throwable whatever the method or the advice throws, not wrapped
	 */
	public static @Nullable Object invoke(Object bean, Method method, @Nullable Object[] arguments) throws Throwable {
		if (!(bean instanceof Advised advised)) {
			return invokeDirectly(bean, method, arguments);
		}
		return invoke(advised, method, arguments, null);
	}

	/**
	 * Calls a method whose result is a stream, or what one is made of. A target that is
	 * to be given back is so when the stream is closed, for its items are made by it.
	 * @param bean the bean as its context gives it, proxy or not
	 * @param method the method of the bean's own class
	 * @param arguments its arguments
	 * @param items makes the stream of the result
	 * @return what that has made
	 * @throws Throwable whatever the method or the advice throws, not wrapped
	 */
	public static @Nullable Object invokeForItems(Object bean, Method method, @Nullable Object[] arguments,
			Function<@Nullable Object, @Nullable Object> items) throws Throwable {
		if (!(bean instanceof Advised advised)) {
			return items.apply(invokeDirectly(bean, method, arguments));
		}
		return invoke(advised, method, arguments, items);
	}

	private static @Nullable Object invoke(Advised advised, Method method, @Nullable Object[] arguments,
			@Nullable Function<@Nullable Object, @Nullable Object> items) throws Throwable {
		TargetSource source = advised.getTargetSource();
		Object target = source.getTarget();
		if (target == null) {
			throw new IllegalStateException(
					"The proxy " + advised.getClass().getName() + " has no target for " + method);
		}
		boolean kept = false;
		try {
			List<Object> chain = inner(advised, method, target.getClass());
			Object result = new InnerInvocation(advised, target, method, arguments, chain).proceed();
			if (items == null) {
				return result;
			}
			Object made = items.apply(result);
			if (made instanceof Stream<?> stream && !source.isStatic()) {
				made = stream.onClose(() -> release(source, target));
				kept = true;
			}
			return made;
		}
		finally {
			if (!source.isStatic() && !kept) {
				source.releaseTarget(target);
			}
		}
	}

	private static void release(TargetSource source, Object target) {
		try {
			source.releaseTarget(target);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException("The target of " + source + " cannot be given back", ex);
		}
	}

	private static List<Object> inner(Advised bean, Method method, Class<?> targetClass) {
		List<Object> all = DefaultAdvisorChainFactory.INSTANCE.getInterceptorsAndDynamicInterceptionAdvice(bean, method,
				targetClass);
		int offload = -1;
		for (int i = 0; i < all.size(); i++) {
			if (all.get(i) instanceof OffloadInterceptor) {
				offload = i;
			}
		}
		if (offload < 0) {
			return all;
		}
		// Advice of AspectJ asks for the current invocation by a thread-local, which is
		// set by the outermost advice: that was left out.
		List<Object> inner = new ArrayList<>();
		inner.add(ExposeInvocationInterceptor.INSTANCE);
		inner.addAll(all.subList(offload + 1, all.size()));
		return inner;
	}

	private static @Nullable Object invokeDirectly(Object bean, Method method, @Nullable Object[] arguments)
			throws Throwable {
		return AopUtils.invokeJoinpointUsingReflection(bean, method, arguments);
	}

	/**
	 * An invocation that begins in the middle of a chain.
	 */
	private static final class InnerInvocation extends ReflectiveMethodInvocation {

		InnerInvocation(Object proxy, Object target, Method method, @Nullable Object[] arguments, List<Object> chain) {
			super(proxy, target, method, arguments, target.getClass(), chain);
		}

	}

}
