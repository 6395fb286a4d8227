package dev.offload.contract;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;

/**
 * Holds a task until the test opens it, in whatever process the task runs.
 */
public final class Gate implements Serializable {

	private static final long serialVersionUID = 1L;

	private final String directory;

	public Gate(Path parent, String name) {
		this.directory = parent.resolve(name).toString();
	}

	/**
	 * Called by the task: tells that it runs, and waits until the gate is open.
	 * @return the process id of the task
	 * @throws InterruptedException when interrupted
	 */
	public long pass() throws InterruptedException {
		long pid = enter();
		while (!Files.exists(open())) {
			Thread.sleep(2);
		}
		return pid;
	}

	/**
	 * Called by the task: tells that it runs, and waits whatever interrupts it.
	 * @return the process id of the task
	 */
	public long passStubbornly() {
		long pid = enter();
		while (!Files.exists(open())) {
			// It returns at once where the flag is set, and leaves that.
			LockSupport.parkNanos(2_000_000);
		}
		return pid;
	}

	private long enter() {
		long pid = ProcessHandle.current().pid();
		try {
			Files.createDirectories(Path.of(this.directory));
			Files.createFile(Path.of(this.directory).resolve("entered-" + pid + "-" + System.nanoTime()));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return pid;
	}

	public boolean wasEntered() {
		return Files.exists(Path.of(this.directory));
	}

	public void awaitEntered() {
		Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(2)).until(this::wasEntered);
	}

	public void letPass() {
		try {
			Files.createDirectories(Path.of(this.directory));
			Files.createFile(open());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Path open() {
		return Path.of(this.directory).resolve("open");
	}

}
