package dev.offload.worker;

import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * The signals of this process, where the JVM has {@code sun.misc.Signal}; elsewhere
 * nothing happens. By reflection, for the compiler warns of that class and a small
 * run-time image may lack it.
 */
final class OwnSignals {

	private final @Nullable Class<?> signal;

	private final @Nullable Class<?> handler;

	OwnSignals() {
		this.signal = load("sun.misc.Signal");
		this.handler = load("sun.misc.SignalHandler");
	}

	/**
	 * Ignores a signal.
	 * @param name its name without {@code SIG}
	 */
	void ignore(String name) {
		if (this.signal == null || this.handler == null) {
			return;
		}
		try {
			handle(this.signal, this.handler, name, this.handler.getField("SIG_IGN").get(null));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			// This system has no such signal, or -Xrs leaves it alone.
		}
	}

	/**
	 * Ends this process by a signal whose default action does that. Returns if it cannot.
	 *
	 * <p>
	 * {@code Runtime.halt} is too slow: it waits 300 ms if another thread is in native
	 * code, as one that reads from a socket is, and up to 10 s if one is compiling. A JVM
	 * lets its own program raise only signals that it handles, not {@code KILL}. On Linux
	 * one signal has two names, and so can have a handler under the first and get its
	 * default action back under the second.
	 */
	void endProcess() {
		if (this.signal == null || this.handler == null) {
			return;
		}
		try {
			Object none = Proxy.newProxyInstance(this.handler.getClassLoader(), new Class<?>[] { this.handler },
					(proxy, method, arguments) -> null);
			handle(this.signal, this.handler, "IO", none);
			handle(this.signal, this.handler, "POLL", this.handler.getField("SIG_DFL").get(null));
			this.signal.getMethod("raise", this.signal).invoke(null, create(this.signal, "IO"));
		}
		catch (Throwable ex) {
			// Not on this system; the caller has another way.
		}
	}

	private static void handle(Class<?> signal, Class<?> handler, String name, Object action)
			throws ReflectiveOperationException {
		signal.getMethod("handle", signal, handler).invoke(null, create(signal, name), action);
	}

	private static Object create(Class<?> signal, String name) throws ReflectiveOperationException {
		return signal.getConstructor(String.class).newInstance(name);
	}

	private static @Nullable Class<?> load(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			return null;
		}
	}

}
