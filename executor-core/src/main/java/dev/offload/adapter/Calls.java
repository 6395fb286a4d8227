package dev.offload.adapter;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.offload.Invocation;
import dev.offload.TaskOptions;

/**
 * Runnables and callables as calls on objects that travel.
 */
final class Calls {

	private static final Method CALL = method(Callable.class, "call");

	private static final Method RUN = method(Runnable.class, "run");

	private Calls() {
	}

	static Invocation of(Object work) {
		Objects.requireNonNull(work, "task");
		return Invocation.onInstance(work, (work instanceof Callable) ? CALL : RUN);
	}

	// By the class in which a lambda was written.
	static TaskOptions options(Object work) {
		String name = work.getClass().getName();
		int lambda = name.indexOf("$$Lambda");
		String owner = (lambda < 0) ? name : name.substring(0, lambda);
		return TaskOptions.DEFAULTS
			.withLabel(owner.substring(owner.lastIndexOf('.') + 1) + ((work instanceof Callable) ? ".call" : ".run"));
	}

	private static Method method(Class<?> type, String name) {
		try {
			return type.getMethod(name);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
