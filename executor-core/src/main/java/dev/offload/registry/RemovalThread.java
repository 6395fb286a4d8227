package dev.offload.registry;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the tasks whose time is over. It ends when there is nothing more to remove, and
 * when nobody has the tasks any more: it keeps neither them nor the loader of an
 * application, as a timer that all of a JVM share would.
 */
final class RemovalThread extends Thread {

	private static final Logger logger = LoggerFactory.getLogger(RemovalThread.class);

	static final String NAME = "offload-tasks-removal";

	private final ReferenceQueue<TaskRemoval> dropped = new ReferenceQueue<>();

	private final WeakReference<TaskRemoval> removal;

	private final long ttlNanos;

	RemovalThread(TaskRemoval removal, long ttlNanos) {
		super(null, null, NAME, 0, false);
		this.removal = new WeakReference<>(removal, this.dropped);
		this.ttlNanos = ttlNanos;
		setDaemon(true);
		setContextClassLoader(null);
	}

	@Override
	public void run() {
		try {
			long nanos = this.ttlNanos;
			while (nanos > 0 && awaitTime(nanos)) {
				nanos = remove();
			}
		}
		finally {
			TaskRemoval known = this.removal.get();
			if (known != null) {
				known.ended(this);
			}
		}
	}

	// Returns false if the tasks are gone. Nobody has a reason to interrupt it.
	private boolean awaitTime(long nanos) {
		long until = System.nanoTime() + nanos;
		long left = nanos;
		while (left > 0) {
			try {
				if (this.dropped.remove(TimeUnit.NANOSECONDS.toMillis(left) + 1) != null) {
					return false;
				}
			}
			catch (InterruptedException ex) {
				// It goes on waiting.
			}
			left = until - System.nanoTime();
		}
		return true;
	}

	// What fails once, as where there is no memory left, is tried again later.
	private long remove() {
		TaskRemoval known = this.removal.get();
		try {
			return (known != null) ? known.removeOver(this) : 0;
		}
		catch (Throwable ex) {
			logger.debug("Old tasks could not be removed", ex);
			return this.ttlNanos;
		}
	}

	boolean isEnded() {
		return this.removal.refersTo(null);
	}

	// As if the tasks were gone.
	void end() {
		this.removal.enqueue();
	}

}
