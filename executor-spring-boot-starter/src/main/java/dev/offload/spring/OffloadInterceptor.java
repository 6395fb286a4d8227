package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

import dev.offload.ExecutorRegistry;
import dev.offload.Invocation;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;

/**
 * Hands the calls of one bean's methods to executors. In a worker it lets them pass, and
 * stands in the chain only to mark what is inside of it.
 */
final class OffloadInterceptor implements MethodInterceptor {

	private final String bean;

	private final Map<Method, OffloadMethod> methods;

	private final @Nullable Supplier<ExecutorRegistry> executors;

	/**
	 * Creates one.
	 * @param bean the name of the bean
	 * @param methods the methods that run in executors
	 * @param executors gives the executors, {@code null} to let all calls pass
	 */
	OffloadInterceptor(String bean, Map<Method, OffloadMethod> methods,
			@Nullable Supplier<ExecutorRegistry> executors) {
		this.bean = bean;
		this.methods = methods;
		this.executors = executors;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		OffloadMethod method = (this.executors != null) ? find(invocation) : null;
		if (method == null || this.executors == null) {
			return invocation.proceed();
		}
		OffloadExecutor executor = this.executors.get().require(method.executor());
		Invocation call = toCall((ProxyMethodInvocation) invocation, method);
		return method.async() ? submit(executor, call, method) : call(executor, call, method, invocation.getMethod());
	}

	private @Nullable OffloadMethod find(MethodInvocation invocation) {
		Object target = invocation.getThis();
		Method called = invocation.getMethod();
		Class<?> type = (target != null) ? AopUtils.getTargetClass(target) : called.getDeclaringClass();
		return this.methods.get(AopUtils.getMostSpecificMethod(called, type));
	}

	private Invocation toCall(ProxyMethodInvocation invocation, OffloadMethod method) {
		return Invocation.onBean(this.bean, method.method(), invocation.getArguments())
			.locally((arguments) -> proceed(invocation, arguments));
	}

	// Runs the rest of the chain on the thread that it is called on, as often as it is
	// called. Advice of AspectJ finds its invocation there by a thread-local.
	private static @Nullable Object proceed(ProxyMethodInvocation invocation, @Nullable Object[] arguments)
			throws Throwable {
		return ExposeInvocationInterceptor.INSTANCE.invoke(invocation.invocableClone(arguments));
	}

	private static CompletableFuture<?> submit(OffloadExecutor executor, Invocation call, OffloadMethod method) {
		try {
			return executor.submit(call, method.options()).future();
		}
		catch (OffloadException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private @Nullable Object call(OffloadExecutor executor, Invocation call, OffloadMethod method, Method called)
			throws Throwable {
		try {
			return executor.call(call, method.options());
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw ReflectionUtils.declaresException(called, ex.getClass()) ? ex : undeclared(executor, call, ex);
		}
	}

	private static OffloadException undeclared(OffloadExecutor executor, Invocation call, Throwable ex) {
		return new OffloadException(executor.name(),
				call.label() + ", run by executor '" + executor.name() + "', threw " + ex
						+ ", a checked exception that it does not declare; declare it, or throw an " + "unchecked one",
				ex);
	}

}
