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

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
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
						record(RecordedTask.of(target.name(), arguments[0]), target, method, arguments);
					case "wrap", "wrapType" -> wrapped(target.name(), (Class<?>) Objects.requireNonNull(arguments[0]),
							invoke(target, method, arguments));
					default -> invoke(target, method, arguments);
				}));
	}

	private Object wrapped(String executor, Class<?> api, Object wrapped) {
		return proxy(api,
				(method, arguments) -> (method.getDeclaringClass() == Object.class) ? invoke(wrapped, method, arguments)
						: record(RecordedTask.of(executor, method.getName(), arguments), wrapped, method, arguments));
	}

	private @Nullable Object record(RecordedTask task, Object target, Method method, @Nullable Object[] arguments)
			throws Throwable {
		this.recorder.add(task);
		try {
			Object result = invoke(target, method, arguments);
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
	 * What happens to a call.
	 */
	@FunctionalInterface
	private interface Interception {

		@Nullable Object intercept(Method method, @Nullable Object[] arguments) throws Throwable;

	}

}
