package dev.offload.pool;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Message.Hello;
import dev.offload.spi.WorkerProcess;

/**
 * The process of one worker. Its start may return after its first connection has come,
 * and which process it is may be told before or after. Safe for use by many threads.
 */
final class StartedProcess {

	/** How long the start may take to return once the worker has connected. */
	private static final int LAUNCH_SECONDS = 10;

	/** Written once, by the thread that starts it. */
	private volatile @Nullable WorkerProcess process;

	/** Open once the process is there. */
	private final CountDownLatch launched = new CountDownLatch(1);

	/** Written once, by the thread that reads its control connection; 0 before. */
	private volatile long toldPid;

	void launched(WorkerProcess value) {
		this.process = value;
		identify();
		this.launched.countDown();
	}

	void told(long pid) {
		this.toldPid = pid;
		identify();
	}

	private void identify() {
		WorkerProcess known = this.process;
		long pid = this.toldPid;
		if (known != null && pid != 0) {
			known.identify(pid);
		}
	}

	// Whether it runs the classes that it was started with. Waits for the start to
	// return.
	boolean hasClassesOf(Hello hello) {
		try {
			String expected = this.launched.await(LAUNCH_SECONDS, TimeUnit.SECONDS) ? fingerprint() : "";
			return hello.fingerprint().equals(expected) || hello.fingerprint().startsWith(expected + " ");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	String fingerprint() {
		WorkerProcess known = this.process;
		return (known != null) ? known.fingerprint() : "";
	}

	// The process id, -1 while it is not known.
	long pid() {
		WorkerProcess known = this.process;
		return (known != null) ? known.pid() : -1;
	}

	boolean startedFromCache() {
		WorkerProcess known = this.process;
		return known != null && known.startedFromCache();
	}

	List<String> lastOutput() {
		WorkerProcess known = this.process;
		return (known != null) ? known.lastOutput() : List.of();
	}

	// Adds a line to what it printed last.
	void addOutput(String line) {
		WorkerProcess known = this.process;
		if (known != null) {
			known.addOutput(line);
		}
	}

	// Asks its JVM for the stacks of its threads; empty if there are none.
	CompletableFuture<String> threadDump() {
		WorkerProcess known = this.process;
		return (known != null) ? known.threadDump() : CompletableFuture.completedFuture("");
	}

	// Kills it and all that it has started; nothing while it is not there.
	void kill() {
		WorkerProcess known = this.process;
		if (known != null) {
			known.kill();
		}
	}

}
