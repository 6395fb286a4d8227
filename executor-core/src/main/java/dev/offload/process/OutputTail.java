package dev.offload.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last lines of an output: at most 200, of at most 32 KiB characters together. Safe
 * for use by many threads.
 */
final class OutputTail {

	private static final int MAX_LINES = 200;

	private static final int MAX_CHARACTERS = 32 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by lock. */
	private final Deque<String> lines = new ArrayDeque<>();

	/** Guarded by lock. */
	private int characters;

	void add(String line) {
		this.lock.lock();
		try {
			this.lines.addLast(line);
			this.characters += line.length();
			while (this.lines.size() > MAX_LINES || this.characters > MAX_CHARACTERS) {
				this.characters -= this.lines.removeFirst().length();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	List<String> lines() {
		this.lock.lock();
		try {
			return List.copyOf(this.lines);
		}
		finally {
			this.lock.unlock();
		}
	}

}
