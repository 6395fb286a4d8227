package dev.offload.worker;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * The signals of this process, where the JVM has {@code sun.misc.Signal}; elsewhere
 * nothing happens. By reflection, for the compiler warns of that class and a small
 * run-time image may lack it.
 *
 * <p>
 * All is prepared when a worker starts, for its end must be quick even where many workers
 * end together.
 */
final class OwnSignals {

	private final @Nullable Method raise;

	private final @Nullable Object deadly;

	private OwnSignals(@Nullable Method raise, @Nullable Object deadly) {
		this.raise = raise;
		this.deadly = deadly;
	}

	/**
	 * Leaves the signals that a terminal sends to the service's whole process group to
	 * the service, and prepares {@link #endProcess()}.
	 * @return what can end this process
	 */
	static OwnSignals prepare() {
		try {
			Class<?> signal = Class.forName("sun.misc.Signal");
			Class<?> handler = Class.forName("sun.misc.SignalHandler");
			Object ignore = handler.getField("SIG_IGN").get(null);
			Method handle = signal.getMethod("handle", signal, handler);
			handle.invoke(null, create(signal, "HUP"), ignore);
			Object former = handle.invoke(null, create(signal, "INT"), ignore);
			Object deadly = create(signal, "IO");
			handle.invoke(null, deadly, ignore.equals(former) ? nothing(handler) : former);
			handle.invoke(null, create(signal, "POLL"), handler.getField("SIG_DFL").get(null));
			return new OwnSignals(signal.getMethod("raise", signal), deadly);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			// Not on this system, or -Xrs has left the signals alone.
			return new OwnSignals(null, null);
		}
	}

	// A service that a shell has started in the background hands on an ignored SIGINT, so
	// that there is no handler of it to use. Made only then, for it takes its time.
	private static Object nothing(Class<?> handler) {
		return Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler },
				(proxy, method, arguments) -> null);
	}

	/**
	 * Ends this process by a signal whose default action does that. Returns if it cannot.
	 *
	 * <p>
	 * {@code Runtime.halt} is too slow: it waits 300 ms if another thread is in native
	 * code, as one that reads from a socket is, and up to 10 s if one is compiling. A JVM
	 * lets its own program raise only signals that it handles, so not {@code KILL}. On
	 * Linux one signal has two names, and so can have a handler by the first and have got
	 * its default action back by the second.
	 */
	void endProcess() {
		if (this.raise == null) {
			return;
		}
		try {
			this.raise.invoke(null, this.deadly);
		}
		catch (Throwable ex) {
			// The caller has another way.
		}
	}

	/**
	 * Loads what {@link #endProcess()} needs: a first call by reflection takes long. This
	 * one is refused, for the signal has no handler.
	 */
	void rehearse() {
		if (this.raise == null) {
			return;
		}
		try {
			this.raise.invoke(null, create(this.raise.getDeclaringClass(), "URG"));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			// Expected.
		}
	}

	private static Object create(Class<?> signal, String name) throws ReflectiveOperationException {
		return signal.getConstructor(String.class).newInstance(name);
	}

}
