package dev.offload.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Ends this worker when its service is gone, however that ended and whatever the worker
 * is doing.
 *
 * <p>
 * The service holds the other end of standard input for as long as it lives, so its end
 * is seen as end-of-file, by a thread that does nothing else. The worker then kills the
 * processes that it has started and itself.
 */
final class ServiceWatch {

	/** The exit code where this JVM cannot be ended by a signal. */
	private static final int EXIT_CODE = 71;

	private static final int MAX_TOKEN_BYTES = 4096;

	/** Mostly it takes some ten; a busy machine may need more. */
	private static final int CLEANUP_MILLIS = 2000;

	private final InputStream service;

	/** Written by the thread that watches, before it begins. */
	private volatile @Nullable OwnSignals signals;

	private ServiceWatch(InputStream service) {
		this.service = service;
	}

	/**
	 * Begins to watch. To be called first of all, and once. Tasks then see an empty
	 * {@code System.in}, and a Ctrl-C or a hang-up of the terminal, which reach the
	 * service's whole process group, are left to the service.
	 * @return the token that the service gave to this worker
	 */
	static String start() {
		InputStream service = new FileInputStream(FileDescriptor.in);
		System.setIn(new ByteArrayInputStream(new byte[0]));
		ServiceWatch watch = new ServiceWatch(service);
		String token = watch.readToken();
		new Watcher(watch).start();
		return token;
	}

	private String readToken() {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = read();
		while (next != '\n') {
			if (next < 0 || line.size() == MAX_TOKEN_BYTES) {
				end();
			}
			line.write(next);
			next = read();
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	private void watch() {
		try {
			// Here, for it takes its time, and the worker is not to wait for it.
			OwnSignals prepared = OwnSignals.prepare();
			this.signals = prepared;
			// Loads what is needed at the end, when many workers need the processor at
			// once.
			OwnDescendants.mayExist();
			prepared.rehearse();
			while (read() >= 0) {
				// Nothing is sent after the token.
				Thread.onSpinWait();
			}
		}
		finally {
			end();
		}
	}

	private int read() {
		try {
			return this.service.read();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/**
	 * Ends this process. Waits for what it started to be killed, but not for long:
	 * reading about other processes can hang in the kernel, and this one must go in any
	 * case.
	 */
	private void end() {
		try {
			if (OwnDescendants.mayExist()) {
				Thread cleanup = new Cleanup();
				cleanup.start();
				cleanup.join(CLEANUP_MILLIS);
			}
		}
		catch (Throwable ex) {
			// Out of memory or of threads: all the more reason to go.
		}
		finally {
			OwnSignals prepared = this.signals;
			if (prepared != null) {
				prepared.endProcess();
			}
			Runtime.getRuntime().halt(EXIT_CODE);
		}
	}

	/** The thread that waits for the end of the service. */
	private static final class Watcher extends Thread {

		private final ServiceWatch watch;

		private Watcher(ServiceWatch watch) {
			super("offload-service-watch");
			this.watch = watch;
			setDaemon(true);
		}

		@Override
		public void run() {
			this.watch.watch();
		}

	}

	/**
	 * A class, for the first use of a lambda would take long when there is little time.
	 */
	private static final class Cleanup extends Thread {

		private Cleanup() {
			super("offload-descendants");
			setDaemon(true);
		}

		@Override
		public void run() {
			OwnDescendants.kill();
		}

	}

}
