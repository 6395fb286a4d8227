package dev.offload.spring.test;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import dev.offload.ExecutorRegistry;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;
import dev.offload.TaskStream;

/**
 * Stands before a registry and its executors, and writes down what they are given. By
 * proxies, so that all else that they can do stays as it is.
 */
final class RecordingProxies {

	private final OffloadRecorder recorder;

	private final Map<OffloadExecutor, OffloadExecutor> executors = new ConcurrentHashMap<>();

	RecordingProxies(OffloadRecorder recorder) {
		this.recorder = recorder;
	}

	ExecutorRegistry registry(ExecutorRegistry registry) {
		return proxy(ExecutorRegistry.class, (method, arguments) -> recording(invoke(registry, method, arguments)));
	}

	private @Nullable Object recording(@Nullable Object result) {
		if (result instanceof OffloadExecutor executor) {
			return executor(executor);
		}
		if (result instanceof Optional<?> found) {
			return found.map(this::recording);
		}
		if (result instanceof Map<?, ?> byName) {
			Map<Object, @Nullable Object> recorded = new LinkedHashMap<>();
			byName.forEach((name, executor) -> recorded.put(name, recording(executor)));
			return recorded;
		}
		return result;
	}

	private OffloadExecutor executor(OffloadExecutor executor) {
		return this.executors.computeIfAbsent(executor,
				(target) -> proxy(OffloadExecutor.class, (method, arguments) -> switch (method.getName()) {
					case "call", "submit", "stream" ->
						record(RecordedTask.of(target.name(), arguments[0]), () -> invoke(target, method, arguments));
					case "wrap" -> {
						Object instance = Objects.requireNonNull(arguments[1]);
						yield wrapped(target, invoke(target, method, arguments), (Class<?>) arguments[0],
								(called, given) -> Invocation.onInstance(instance, called, given));
					}
					case "wrapType" -> {
						Class<?> type = (Class<?>) Objects.requireNonNull(arguments[1]);
						yield wrapped(target, invoke(target, method, arguments), (Class<?>) arguments[0],
								(called, given) -> Invocation.onType(type, called, given));
					}
					default -> invoke(target, method, arguments);
				}));
	}

	private Object wrapped(OffloadExecutor executor, Object wrapped, Class<?> api,
			BiFunction<Method, @Nullable Object[], Invocation> invocations) {
		return proxy(api, (method, arguments) -> {
			if (method.getDeclaringClass() == Object.class) {
				return invoke(wrapped, method, arguments);
			}
			RecordedTask task = RecordedTask.of(executor.name(), method.getName(), arguments);
			if (method.getReturnType() == Stream.class) {
				// Of the items alone it could not be known how their task ends.
				return items(task, executor, invocations.apply(method, arguments));
			}
			return record(task, () -> invoke(wrapped, method, arguments));
		});
	}

	private Stream<?> items(RecordedTask task, OffloadExecutor executor, Invocation invocation) throws Throwable {
		Object stream = record(task, () -> executor.stream(invocation, TaskOptions.DEFAULTS));
		return ((TaskStream<?>) Objects.requireNonNull(stream)).items();
	}

	private @Nullable Object record(RecordedTask task, Call call) throws Throwable {
		this.recorder.add(task);
		try {
			Object result = call.make();
			CompletableFuture<?> future = future(result);
			if (future != null) {
				task.endsWith(future);
			}
			else {
				task.succeeded();
			}
			return result;
		}
		catch (Throwable ex) {
			task.failed(ex);
			throw ex;
		}
	}

	private static @Nullable CompletableFuture<?> future(@Nullable Object result) {
		if (result instanceof TaskHandle<?> handle) {
			return handle.future();
		}
		if (result instanceof TaskStream<?> stream) {
			return stream.handle().future();
		}
		return (result instanceof CompletionStage<?> stage) ? stage.toCompletableFuture() : null;
	}

	@SuppressWarnings("NullAway")
	private static Object invoke(Object target, Method method, @Nullable Object[] arguments) throws Throwable {
		// interfaces of an application need not be public
		ReflectionUtils.makeAccessible(method);
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	// One proxy stands for one object, so that each equals itself only.
	@SuppressWarnings("ReferenceEquality")
	private static <T> T proxy(Class<T> type, Interception interception) {
		InvocationHandler handler = (proxy, method, arguments) -> {
			Object[] given = (arguments != null) ? arguments : new Object[0];
			if (method.getName().equals("equals") && given.length == 1) {
				return proxy == given[0];
			}
			return interception.intercept(method, given);
		};
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/**
	 * What is written down.
	 */
	@FunctionalInterface
	private interface Call {

		@Nullable Object make() throws Throwable;

	}

	/**
	 * What happens to a call.
	 */
	@FunctionalInterface
	private interface Interception {

		@Nullable Object intercept(Method method, @Nullable Object[] arguments) throws Throwable;

	}

}
