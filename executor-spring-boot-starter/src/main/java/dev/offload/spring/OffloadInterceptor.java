package dev.offload.spring;

import java.lang.reflect.Method;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.util.ReflectionUtils;

import dev.offload.ExecutorOverloadException;
import dev.offload.ExecutorRegistry;
import dev.offload.Invocation;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.RejectionReason;
import dev.offload.TaskHandle;
import dev.offload.TaskStream;
import dev.offload.spring.reactive.ReactiveMethod;

/**
 * Hands the calls of one bean's methods to executors. In a worker it lets them pass, and
 * stands in the chain only to mark what is inside of it.
 */
final class OffloadInterceptor implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(OffloadInterceptor.class);

	private final BeanMethods methods;

	private final @Nullable Supplier<ExecutorRegistry> executors;

	private final CallListener listener;

	/**
	 * Creates one.
	 * @param methods the methods that run in executors
	 * @param executors gives the executors, {@code null} to let all calls pass
	 * @param listener told of each call that does not pass
	 */
	OffloadInterceptor(BeanMethods methods, @Nullable Supplier<ExecutorRegistry> executors, CallListener listener) {
		this.methods = methods;
		this.executors = executors;
		this.listener = listener;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		OffloadMethod method = (this.executors != null) ? this.methods.find(invocation) : null;
		if (method == null || this.executors == null) {
			return invocation.proceed();
		}
		OffloadExecutor executor = this.executors.get().require(method.executor());
		ProxyMethodInvocation proxied = (ProxyMethodInvocation) invocation;
		ReactiveMethod reactive = method.form().reactive();
		if (reactive != null) {
			CallOutcome.isInFuture(proxied);
			return reactive.many()
					? reactive.onSubscriptionToMany(
							() -> stream(executor, begin(executor, proxied, method), method).publisher())
					: reactive.onSubscription(() -> submit(executor, begin(executor, proxied, method), method));
		}
		Invocation call = begin(executor, proxied, method);
		return switch (method.kind()) {
			case VALUE, PUBLISHER -> call(executor, call, method, proxied);
			case FUTURE -> {
				CallOutcome.isInFuture(proxied);
				yield submit(executor, call, method);
			}
			case STREAM -> items(executor, call, method, proxied);
			case HANDLE -> executor.submit(call, method.terms().of(executor, call.arguments()));
			case NOTHING -> {
				forget(executor, call, method);
				yield null;
			}
		};
	}

	private Invocation begin(OffloadExecutor executor, ProxyMethodInvocation invocation, OffloadMethod method) {
		this.listener.beforeCall(this.methods.bean(), method, executor);
		@Nullable Object[] arguments = invocation.getArguments();
		if (ReactiveMethod.parameterCount(method.method()) < arguments.length) {
			// How the caller goes on is its own.
			arguments = arguments.clone();
			arguments[arguments.length - 1] = null;
		}
		return Invocation.onBean(this.methods.bean(), method.method(), arguments)
			.locally((given) -> proceed(invocation, given, method.form().reactive()));
	}

	// Runs the rest of the chain on the thread that it is called on, as often as it is
	// called. Advice of AspectJ finds its invocation there by a thread-local.
	private static @Nullable Object proceed(ProxyMethodInvocation invocation, @Nullable Object[] arguments,
			@Nullable ReactiveMethod reactive) throws Throwable {
		if (reactive == null) {
			return ExposeInvocationInterceptor.INSTANCE.invoke(invocation.invocableClone(arguments));
		}
		Object result = ExposeInvocationInterceptor.INSTANCE
			.invoke(invocation.invocableClone(reactive.arguments(arguments)));
		return reactive.many() ? reactive.items(result) : reactive.await(result);
	}

	private static TaskStream<?> stream(OffloadExecutor executor, Invocation call, OffloadMethod method) {
		return executor.stream(call, method.terms().of(executor, call.arguments()));
	}

	// What fails later is thrown by the stream.
	private static Stream<?> items(OffloadExecutor executor, Invocation call, OffloadMethod method,
			ProxyMethodInvocation invocation) {
		try {
			Stream<?> items = stream(executor, call, method).items();
			CallOutcome.isInFuture(invocation);
			return items;
		}
		catch (RuntimeException | Error ex) {
			CallOutcome.failed(invocation, ex, ex);
			throw ex;
		}
	}

	private static CompletableFuture<?> submit(OffloadExecutor executor, Invocation call, OffloadMethod method) {
		try {
			return executor.submit(call, method.terms().of(executor, call.arguments())).future();
		}
		// A caller that was interrupted while it waited for room, for one.
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static @Nullable Object call(OffloadExecutor executor, Invocation call, OffloadMethod method,
			ProxyMethodInvocation invocation) throws Throwable {
		try {
			if (!method.terms().skipped()) {
				return executor.call(call, method.terms().of(executor, call.arguments()));
			}
			TaskHandle<?> handle = submitUnlessSkipped(executor, call, method);
			return (handle != null) ? await(handle) : null;
		}
		catch (Throwable ex) {
			Throwable thrown = isDeclared(invocation.getMethod(), ex) ? ex : undeclared(executor, call, ex);
			CallOutcome.failed(invocation, thrown, ex);
			throw thrown;
		}
	}

	private static @Nullable Object await(TaskHandle<?> handle) throws Throwable {
		try {
			return handle.future().get();
		}
		catch (InterruptedException ex) {
			handle.cancel();
			Thread.currentThread().interrupt();
			throw new CancellationException(handle.label() + " was cancelled, for its caller was interrupted");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	// Nobody waits for it, so nobody else would hear of its failure.
	private static void forget(OffloadExecutor executor, Invocation call, OffloadMethod method) {
		TaskHandle<?> handle = submitUnlessSkipped(executor, call, method);
		if (handle == null) {
			return;
		}
		var unused = handle.future().whenComplete((value, failure) -> {
			if (failure instanceof CancellationException) {
				logger.warn("Executor '{}': {} (task {}), for which nobody waits, was cancelled", executor.name(),
						handle.label(), handle.id());
			}
			else if (failure != null) {
				logger.error("Executor '{}': {} (task {}), for which nobody waits, failed", executor.name(),
						handle.label(), handle.id(), failure);
			}
		});
	}

	// A scheduler comes again, so what it may not start now is left out. The executor has
	// counted it. The same refusal as the failure of a task is one of what that asked
	// for.
	private static @Nullable TaskHandle<?> submitUnlessSkipped(OffloadExecutor executor, Invocation call,
			OffloadMethod method) {
		try {
			return executor.submit(call, method.terms().of(executor, call.arguments()));
		}
		catch (ExecutorOverloadException ex) {
			if (!method.terms().skipped() || ex.reason() != RejectionReason.MAX_CONCURRENT) {
				throw ex;
			}
			logger.debug("Executor '{}': {} is left out this time: {}", executor.name(), call.label(), ex.getMessage());
			return null;
		}
	}

	private static boolean isDeclared(Method called, Throwable failure) {
		return failure instanceof RuntimeException || failure instanceof Error
				|| ReflectionUtils.declaresException(called, failure.getClass());
	}

	private static OffloadException undeclared(OffloadExecutor executor, Invocation call, Throwable ex) {
		return new OffloadException(executor.name(),
				call.label() + ", run by executor '" + executor.name() + "', threw " + ex
						+ ", a checked exception that it does not declare; declare it, or throw an " + "unchecked one",
				ex);
	}

}
