package dev.offload.worker;

import java.nio.file.Path;

/**
 * The main class of a worker process. It takes no arguments: what it needs comes in
 * system properties, its token through standard input, and all the rest over its control
 * connection.
 */
public final class WorkerMain {

	/** The number of a worker without which all goes on. */
	private static final int TRAINED = 0;

	private WorkerMain() {
	}

	/**
	 * Runs the worker until its service is gone or tells it to end.
	 * @param arguments ignored
	 */
	public static void main(String[] arguments) {
		// first of all: die with the service, whatever the start may be stuck in
		String token = ServiceWatch.start();
		Preloading preloading = new Preloading();
		preloading.start();
		String socket = property("offload.worker.socket");
		String executor = property("offload.worker.executor");
		int number = Integer.parseInt(property("offload.worker.number"));
		OutOfMemoryOrder.beforeTheService(number == TRAINED);
		WorkerIdentity identity = new WorkerIdentity(executor, number, token, Path.of(socket),
				OwnClasses.fingerprint());
		new WorkerRuntime(identity, preloading).run();
	}

	private static String property(String name) {
		String value = System.getProperty(name);
		if (value == null) {
			throw new IllegalStateException("This class is started by a service, with the system property " + name);
		}
		return value;
	}

}
