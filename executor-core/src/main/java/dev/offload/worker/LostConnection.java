package dev.offload.worker;

import java.util.concurrent.TimeUnit;

/**
 * What a worker does without a connection. Its service is gone, and then the watch on it
 * ends this process with its descendants at once; or the service closed the connection,
 * and will kill this process. Only when neither comes, the worker ends by itself.
 */
final class LostConnection {

	private static final int EXIT_CODE = 71;

	private static final long PATIENCE_SECONDS = 5;

	private LostConnection() {
	}

	static void end(Throwable cause) {
		try {
			TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
			System.err.println("The connection to the service is lost: " + cause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			Runtime.getRuntime().halt(EXIT_CODE);
		}
	}

}
