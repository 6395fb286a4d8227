package dev.offload.benchmarks.floor;

import java.io.IOException;

/**
 * The least that a JVM can do: it says one line, and waits for the end of its standard
 * input as a worker does.
 */
public final class Hello {

	private Hello() {
	}

	/**
	 * Says it.
	 * @param arguments none
	 * @throws IOException if standard input breaks
	 */
	public static void main(String[] arguments) throws IOException {
		System.out.println("hello");
		System.in.read();
	}

}
