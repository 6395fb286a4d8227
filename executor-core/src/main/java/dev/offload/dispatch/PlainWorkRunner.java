package dev.offload.dispatch;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;
import dev.offload.InvocationTarget;
import dev.offload.LocalCall;
import dev.offload.spi.AsyncResults;
import dev.offload.spi.BoundMethod;
import dev.offload.spi.CallResults;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.PlainTargetResolver;
import dev.offload.spi.StreamResults;

/**
 * Runs work as it was given, without encoding anything. Safe for use by many threads.
 */
public final class PlainWorkRunner implements WorkRunner {

	private final PlainTargetResolver resolver = new PlainTargetResolver();

	private final Map<Callee, BoundMethod> methods = new ConcurrentHashMap<>();

	@Override
	public @Nullable Object run(PendingTask task) throws Throwable {
		Object result = run(task.work());
		return (task.work().buffer() != null) ? StreamResults.of(result) : result;
	}

	private @Nullable Object run(Work work) throws Throwable {
		if (work instanceof Work.OfInvocation call) {
			Invocation invocation = call.invocation();
			return invoke(invocation, invocation.target().instance(), invocation.arguments());
		}
		return AsyncResults.await(((Work.OfTask) work).task().run());
	}

	/**
	 * Calls the method of an invocation with other arguments.
	 * @param invocation the invocation
	 * @param instance the object to call, if its kind of target has one
	 * @param arguments the arguments
	 * @return the result, waited for if it is a future
	 * @throws Throwable what the method throws
	 */
	public @Nullable Object invoke(Invocation invocation, @Nullable Object instance, @Nullable Object[] arguments)
			throws Throwable {
		LocalCall local = invocation.localCall();
		if (invocation.isRepeated()) {
			return repeat(invocation, Objects.requireNonNull(arguments[0]),
					(local != null) ? local::invoke : (each) -> bound(invocation).invoke(instance, each));
		}
		if (local != null) {
			return AsyncResults.await(local.invoke(arguments));
		}
		return AsyncResults.await(bound(invocation).invoke(instance, arguments));
	}

	private static CallResults repeat(Invocation invocation, Object items, CallResults.Call method) throws Throwable {
		return CallResults.of(items, invocation.method().getParameterCount(), method);
	}

	private BoundMethod bound(Invocation invocation) throws Exception {
		Callee callee = new Callee(invocation.target().kind(), invocation.target().name(), invocation.method());
		BoundMethod known = this.methods.get(callee);
		if (known != null) {
			return known;
		}
		BoundMethod found = this.resolver.resolve(callee.address());
		this.methods.put(callee, found);
		return found;
	}

	/**
	 * What is called.
	 *
	 * @param kind how its object is found
	 * @param target the name of its type or bean
	 * @param method the method
	 */
	private record Callee(InvocationTarget.Kind kind, String target, Method method) {

		MethodAddress address() {
			return new MethodAddress(this.kind, this.target, this.method.getDeclaringClass().getName(),
					this.method.getName(), Stream.of(this.method.getParameterTypes()).map(Class::getName).toList());
		}

	}

}
