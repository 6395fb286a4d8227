package dev.offload.registry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.spi.TaskCache;

/**
 * Sees to it that what is over leaves the memory in time, though nobody comes: by a
 * thread that is there while there are tasks. Safe for use by many threads.
 */
final class TaskRemoval {

	private static final Logger logger = LoggerFactory.getLogger(TaskRemoval.class);

	private final TaskCache tasks;

	private final long ttlNanos;

	private final Consumer<Thread> starter;

	/** The one that comes to remove what is over. */
	private final AtomicReference<@Nullable RemovalThread> thread = new AtomicReference<>();

	TaskRemoval(TaskCache tasks, Duration ttl, Consumer<Thread> starter) {
		this.tasks = tasks;
		this.ttlNanos = TimeUnit.NANOSECONDS.convert(ttl);
		this.starter = starter;
	}

	// After a task was added. Without the thread it is kept all the same, and the next
	// one tries again.
	void begin() {
		if (this.ttlNanos == 0 || this.thread.get() != null) {
			return;
		}
		RemovalThread made = null;
		try {
			made = new RemovalThread(this, this.ttlNanos);
			if (this.thread.compareAndSet(null, made)) {
				this.starter.accept(made);
			}
		}
		catch (Throwable ex) {
			logger.debug("Old tasks are not removed in time: no thread could be started", ex);
			ended(made);
		}
	}

	// Returns how long until there is more to remove, 0 if that thread is not to come for
	// it.
	long removeOver(RemovalThread by) {
		long next = this.tasks.removeOver();
		if (next > 0) {
			return next;
		}
		ended(by);
		// One that was added at this moment has found somebody there.
		next = this.tasks.removeOver();
		if (next == 0 || !this.thread.compareAndSet(null, by)) {
			return 0;
		}
		if (by.isEnded()) {
			ended(by);
			return 0;
		}
		return next;
	}

	void ended(@Nullable RemovalThread gone) {
		if (gone != null) {
			this.thread.compareAndSet(gone, null);
		}
	}

	// Until the next task is added.
	void end() {
		RemovalThread running = this.thread.get();
		if (running != null) {
			// In this order: it looks at the first after it has entered itself once more.
			running.end();
			ended(running);
		}
	}

}
