package dev.offload.stranger;

/**
 * Remembers in system properties, so that no class needs to be loaded to ask.
 */
public final class Touched {

	private Touched() {
	}

	public static void mark(String what) {
		System.setProperty("stranger." + what, "true");
	}

	public static void forget() {
		System.clearProperty("stranger.initialized");
		System.clearProperty("stranger.read");
	}

	public static boolean was(String what) {
		return Boolean.getBoolean("stranger." + what);
	}

}
