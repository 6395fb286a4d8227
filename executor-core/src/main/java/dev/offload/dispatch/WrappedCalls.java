package dev.offload.dispatch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.spi.AsyncResults;

/**
 * Turns the calls on a wrapped object into invocations.
 */
final class WrappedCalls implements InvocationHandler {

	private static final Object[] NO_ARGUMENTS = {};

	private final OffloadExecutor executor;

	private final String description;

	private final BiFunction<Method, @Nullable Object[], Invocation> invocations;

	WrappedCalls(OffloadExecutor executor, String description,
			BiFunction<Method, @Nullable Object[], Invocation> invocations) {
		this.executor = executor;
		this.description = description;
		this.invocations = invocations;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		if (method.getDeclaringClass() == Object.class) {
			return ofObject(proxy, method, given);
		}
		Invocation invocation = this.invocations.apply(method, given);
		if (method.getReturnType() == TaskHandle.class) {
			return this.executor.submit(invocation, TaskOptions.DEFAULTS);
		}
		if (AsyncResults.isAsync(method.getReturnType())) {
			return this.executor.submit(invocation, TaskOptions.DEFAULTS).future();
		}
		if (method.getReturnType() == Stream.class) {
			return this.executor.stream(invocation, TaskOptions.DEFAULTS).items();
		}
		return this.executor.call(invocation, TaskOptions.DEFAULTS);
	}

	@SuppressWarnings("ReferenceEquality")
	private @Nullable Object ofObject(Object proxy, Method method, @Nullable Object[] arguments) {
		return switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			default -> this.description + " on executor '" + this.executor.name() + "'";
		};
	}

}
