package dev.offload.pool;

/**
 * An agent, whose jar the JVM adds to those that the service has given.
 */
public final class SilentAgent {

	private SilentAgent() {
	}

	public static void premain(String arguments) {
		System.setProperty("test.agent", "here");
	}

}
