package dev.offload.registry;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/**
 * Removes the tasks whose time is over. It ends when there is nothing more to remove, and
 * when nobody has the tasks any more: it keeps neither them nor the loader of an
 * application, as a timer that all of a JVM share would.
 */
final class RemovalThread extends Thread {

	static final String NAME = "offload-tasks-removal";

	private final ReferenceQueue<SubmittedTasks> dropped = new ReferenceQueue<>();

	private final WeakReference<SubmittedTasks> tasks;

	/** Used by itself. */
	private long nanos;

	RemovalThread(SubmittedTasks tasks, long nanos) {
		super(null, null, NAME, 0, false);
		this.tasks = new WeakReference<>(tasks, this.dropped);
		this.nanos = nanos;
		setDaemon(true);
		setContextClassLoader(null);
	}

	@Override
	public void run() {
		while (this.nanos > 0 && awaitTime()) {
			this.nanos = remove();
		}
	}

	// Returns false if the tasks are gone. Nobody has a reason to interrupt it.
	private boolean awaitTime() {
		long until = System.nanoTime() + this.nanos;
		long left = this.nanos;
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

	private long remove() {
		SubmittedTasks known = this.tasks.get();
		return (known != null) ? known.removeOver() : 0;
	}

}
