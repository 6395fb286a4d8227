package dev.offload.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.TaskStoreTrouble;

/**
 * The thread that writes. It waits a little before it does, so that a task that has ended
 * at once is one row, and longer each time while the database does not answer.
 */
final class WriterThread {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTaskStore.class);

	private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final Upkeep upkeep;

	private final TaskWriting writing;

	private final WriteBuffer buffer;

	private final StoreSettings settings;

	private final Thread thread = new Thread(this::run, "offload-task-store");

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** Guarded by the lock. */
	private boolean closing;

	/** Written by the thread only. */
	private volatile @Nullable TaskStoreTrouble trouble;

	private final AtomicLong failures = new AtomicLong();

	/** Used by the thread only. */
	private long pauseNanos = FIRST_PAUSE_NANOS;

	WriterThread(Upkeep upkeep, TaskWriting writing, WriteBuffer buffer, StoreSettings settings) {
		this.upkeep = upkeep;
		this.writing = writing;
		this.buffer = buffer;
		this.settings = settings;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	Optional<TaskStoreTrouble> trouble() {
		return Optional.ofNullable(this.trouble);
	}

	long failures() {
		return this.failures.get();
	}

	// There is something to write again.
	void signal() {
		this.lock.lock();
		try {
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Writes what is left, as far as there is time.
	void close() {
		this.lock.lock();
		try {
			this.closing = true;
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
		join();
		int left = this.buffer.size();
		if (left > 0) {
			logger.warn("The task store is closed and {} tasks are not written: {}", left,
					trouble().map(TaskStoreTrouble::error).orElse(null));
		}
	}

	private void join() {
		try {
			this.thread.join(Math.max(1, this.settings.closeTimeout().toMillis()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.thread.interrupt();
	}

	private void run() {
		while (awaitWork()) {
			attempt();
		}
		long deadline = System.nanoTime() + this.settings.closeTimeout().toNanos();
		while (!end() && this.buffer.size() > 0 && deadline - System.nanoTime() > 0
				&& !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(FIRST_PAUSE_NANOS);
		}
	}

	private void attempt() {
		try {
			this.writing.writeAll();
			this.upkeep.run();
			succeeded();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	// What is not written when this fails is tried again while there is time.
	private boolean end() {
		try {
			this.writing.writeAll();
			this.upkeep.end();
			return true;
		}
		catch (Throwable ex) {
			failed(ex);
			return false;
		}
	}

	private void succeeded() {
		this.pauseNanos = FIRST_PAUSE_NANOS;
		if (this.trouble != null) {
			this.trouble = null;
			logger.info("The database that keeps tasks answers again, and has all of them");
		}
	}

	private void failed(Throwable ex) {
		this.failures.incrementAndGet();
		TaskStoreTrouble before = this.trouble;
		String described = SqlFailures.describe(ex);
		if (before != null) {
			this.trouble = before.with(described);
			return;
		}
		this.trouble = new TaskStoreTrouble(Instant.now(), described);
		String advice = SqlFailures.isOfSchema(ex) ? ". Are its tables there? Their scripts are "
				+ "dev/offload/jdbc/schema-*.sql, and offload.jdbc.initialize-schema can have them run" : "";
		logger.warn("Tasks cannot be written to the database: {}. Tasks go on, and it is tried again; {} wait to be "
				+ "written{}", described, this.buffer.size(), advice);
	}

	// Waits for something to write or to look after; false once it is to end. The lease
	// is renewed in its time, whatever waits for more.
	private boolean awaitWork() {
		if (this.trouble != null) {
			boolean going = pause(Duration.ofNanos(Math.min(this.pauseNanos, this.upkeep.interval().toNanos())));
			this.pauseNanos = Math.min(this.pauseNanos * 2, LONGEST_PAUSE_NANOS);
			return going;
		}
		long due = System.nanoTime() + this.upkeep.interval().toNanos();
		this.lock.lock();
		try {
			while (!this.closing && this.buffer.size() == 0 && due - System.nanoTime() > 0) {
				await(due);
			}
		}
		finally {
			this.lock.unlock();
		}
		long left = Math.max(0, due - System.nanoTime());
		return pause(Duration.ofNanos(Math.min(left, this.settings.writeDelay().toNanos())));
	}

	private boolean pause(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		this.lock.lock();
		try {
			while (!this.closing && end - System.nanoTime() > 0) {
				await(end);
			}
			return !this.closing;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Callers do it in a loop. Nobody but its own closing interrupts it.
	@SuppressWarnings("WaitNotInLoop")
	private void await(long end) {
		try {
			var unused = this.changed.awaitNanos(end - System.nanoTime());
		}
		catch (InterruptedException ex) {
			this.closing = true;
		}
	}

}
