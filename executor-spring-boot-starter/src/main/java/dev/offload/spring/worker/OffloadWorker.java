package dev.offload.spring.worker;

/**
 * Says whether this JVM is a worker.
 */
public final class OffloadWorker {

	/**
	 * The profile that is active in each worker with beans, beside the service's own.
	 */
	public static final String PROFILE = "offload-worker";

	private static final String SOCKET_PROPERTY = "offload.worker.socket";

	private OffloadWorker() {
	}

	/**
	 * Whether this JVM is a worker.
	 * @return {@code true} in a worker, {@code false} in the service
	 */
	public static boolean isActive() {
		return System.getProperty(SOCKET_PROPERTY) != null;
	}

}
