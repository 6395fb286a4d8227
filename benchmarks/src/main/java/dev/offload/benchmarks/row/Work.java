package dev.offload.benchmarks.row;

import java.lang.reflect.Method;

import dev.offload.Invocation;

/**
 * What workers are asked to do.
 */
public final class Work {

	private static final Method NEXT = method("next", long.class);

	private static final Method ECHO = method("echo", byte[].class);

	private Work() {
	}

	/**
	 * Does nothing worth a mention.
	 * @param value a number
	 * @return the next one
	 */
	public static long next(long value) {
		return value + 1;
	}

	/**
	 * Sends bytes back.
	 * @param bytes the bytes
	 * @return the same
	 */
	public static byte[] echo(byte[] bytes) {
		return bytes;
	}

	static Invocation nextOf(long value) {
		return Invocation.ofStatic(NEXT, value);
	}

	static Invocation echoOf(byte[] bytes) {
		return Invocation.ofStatic(ECHO, (Object) bytes);
	}

	static Method method(String name, Class<?>... parameters) {
		try {
			return Work.class.getMethod(name, parameters);
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
