package dev.offload.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Picks the dump of threads that a JVM prints when it gets {@code SIGQUIT} out of its
 * output. Safe for use by many threads.
 */
final class QuitDump {

	private static final String BEGIN = "Full thread dump";

	/** Begins the last part, which ends with an empty line. */
	private static final String LAST_PART = "Heap";

	private static final int MAX_CHARACTERS = 256 * 1024;

	private final CompletableFuture<String> text = new CompletableFuture<>();

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final StringBuilder lines = new StringBuilder();

	/** Guarded by the lock. */
	private boolean lastPart;

	// The dump; empty if the JVM prints none.
	CompletableFuture<String> text() {
		return this.text;
	}

	/**
	 * Takes a line of the output, if it belongs to the dump.
	 * @param line the line
	 * @return whether it does
	 */
	boolean take(String line) {
		this.lock.lock();
		try {
			if (this.text.isDone() || (this.lines.isEmpty() && !line.startsWith(BEGIN))) {
				return false;
			}
			this.lines.append(line, 0, Math.min(line.length(), MAX_CHARACTERS - this.lines.length()));
			if (this.lines.length() < MAX_CHARACTERS) {
				this.lines.append('\n');
			}
			this.lastPart |= line.equals(LAST_PART);
			if (this.lastPart && line.isEmpty()) {
				end();
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Takes no more lines.
	void end() {
		this.lock.lock();
		try {
			this.text.complete(this.lines.toString());
		}
		finally {
			this.lock.unlock();
		}
	}

}
