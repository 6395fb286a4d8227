package dev.offload.dispatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.jspecify.annotations.Nullable;

/**
 * Finds the threads of callers that may wait in a call of the system: a virtual thread
 * would keep the thread that carries it.
 */
final class Callers {

	/** Since JDK 21. */
	private static final @Nullable MethodHandle isVirtual = find();

	private Callers() {
	}

	private static @Nullable MethodHandle find() {
		try {
			return MethodHandles.publicLookup()
				.findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	// This thread, null if it is virtual.
	static @Nullable Thread current() {
		Thread thread = Thread.currentThread();
		return isVirtual(thread) ? null : thread;
	}

	private static boolean isVirtual(Thread thread) {
		try {
			return isVirtual != null && (boolean) isVirtual.invokeExact(thread);
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Thread.isVirtual never fails", ex);
		}
	}

}
