package dev.offload.benchmarks.row;

import java.lang.reflect.Method;

import dev.offload.Invocation;

/**
 * What workers are asked to do.
 */
public final class Work {

	private static final Method NEXT = method("next", long.class);

	private static final Method ECHO = method("echo", byte[].class);

	private static final Method ECHO_INVOICE = method("echo", Invoice.class);

	private static final Method SLEEP = method("sleep", long.class);

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

	/**
	 * Sends an invoice back.
	 * @param invoice the invoice
	 * @return the same
	 */
	public static Invoice echo(Invoice invoice) {
		return invoice;
	}

	/**
	 * Sleeps.
	 * @param millis for how long
	 * @throws InterruptedException if it is to end
	 */
	public static void sleep(long millis) throws InterruptedException {
		Thread.sleep(millis);
	}

	static Invocation echoOf(Invoice invoice) {
		return Invocation.ofStatic(ECHO_INVOICE, invoice);
	}

	static Invocation sleepOf(long millis) {
		return Invocation.ofStatic(SLEEP, millis);
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
