package dev.offload.pool;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loggers of this JVM with which one executor logs what its workers logged. There are
 * only so many: a logger is kept as long as the JVM lives, and a worker may have any
 * number of names. Safe for use by many threads.
 */
final class ReplayedLoggers {

	static final int MAX_NAMES = 10_000;

	private final Logger own;

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	/** One for each name that may still be added. */
	private final Semaphore left;

	ReplayedLoggers(String executor, int maxNames) {
		this.own = LoggerFactory.getLogger("dev.offload.worker." + executor);
		this.left = new Semaphore(maxNames);
	}

	/**
	 * The one for what is said of the workers themselves.
	 * @return the logger
	 */
	Logger own() {
		return this.own;
	}

	/**
	 * The logger of a name, or {@link #own()} if there are too many names.
	 * @param name the name
	 * @return the logger
	 */
	Logger of(String name) {
		return isKnown(name) ? LoggerFactory.getLogger(name) : this.own;
	}

	private boolean isKnown(String name) {
		if (this.names.contains(name)) {
			return true;
		}
		if (!this.left.tryAcquire()) {
			return false;
		}
		if (!this.names.add(name)) {
			this.left.release();
		}
		return true;
	}

}
