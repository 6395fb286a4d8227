package dev.offload.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorListener;

/**
 * The events of one executor for one listener, told by a thread that is there while there
 * are any. When too many wait the oldest go, for what came last says how things are.
 * Nobody who puts an event in ever waits. Safe for use by many threads.
 */
final class EventQueue {

	static final int CAPACITY = 10_000;

	private static final Logger logger = LoggerFactory.getLogger(EventQueue.class);

	/** How long the thread stays without events. */
	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

	/** A listener that stays behind is not told of in the log each time. */
	private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final String executor;

	private final String threadName;

	private final ExecutorListener listener;

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when there is an event and the thread waits for one. */
	private final Condition filled = this.lock.newCondition();

	/** Signalled when all events were told. */
	private final Condition told = this.lock.newCondition();

	/* All below is guarded by the lock. */

	private Deque<Consumer<ExecutorListener>> waiting = new ArrayDeque<>();

	private @Nullable Thread thread;

	/** Whether the thread waits for an event. */
	private boolean idle;

	private long dropped;

	/** Used by the thread only. */
	private long warnedAt = System.nanoTime() - SILENCE_NANOS;

	EventQueue(String executor, int number, ExecutorListener listener) {
		this.executor = executor;
		this.threadName = executor + "-events" + ((number > 1) ? "-" + number : "");
		this.listener = listener;
	}

	void put(Consumer<ExecutorListener> event) {
		Thread made = null;
		this.lock.lock();
		try {
			if (this.waiting.size() >= CAPACITY) {
				this.waiting.removeFirst();
				this.dropped++;
			}
			this.waiting.addLast(event);
			if (this.idle) {
				this.idle = false;
				this.filled.signal();
			}
			else if (this.thread == null) {
				made = new Thread(null, this::run, this.threadName, 0, false);
				made.setDaemon(true);
				this.thread = made;
			}
		}
		finally {
			this.lock.unlock();
		}
		if (made != null) {
			start(made);
		}
	}

	// Where no thread can be made the events wait for the next one.
	private void start(Thread made) {
		try {
			made.start();
		}
		catch (Throwable ex) {
			logger.warn("Executor '{}': no thread can be made to tell its listeners", this.executor, ex);
			ended();
		}
	}

	private void ended() {
		this.lock.lock();
		try {
			this.thread = null;
			this.told.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run() {
		Batch batch = take();
		while (batch != null) {
			tell(batch);
			batch = take();
		}
	}

	private void tell(Batch batch) {
		if (batch.dropped() > 0) {
			warn(batch.dropped());
			SafeListener.tell(this.listener, (each) -> each.eventsDropped(this.executor, batch.dropped()));
		}
		// What was told is not held while the listener is busy with the rest.
		Consumer<ExecutorListener> event = batch.events().poll();
		while (event != null) {
			SafeListener.tell(this.listener, event);
			event = batch.events().poll();
		}
	}

	private void warn(long count) {
		long now = System.nanoTime();
		if (now - this.warnedAt >= SILENCE_NANOS) {
			this.warnedAt = now;
			logger.warn("Executor '{}': {} events were dropped, for listener {} is slower than they come",
					this.executor, count, this.listener);
		}
	}

	// All that waits; null if there was nothing for long, and the thread is to end.
	private @Nullable Batch take() {
		this.lock.lock();
		try {
			if (this.waiting.isEmpty()) {
				this.told.signalAll();
				awaitEvent();
			}
			if (this.waiting.isEmpty()) {
				this.thread = null;
				return null;
			}
			Batch batch = new Batch(this.waiting, this.dropped);
			this.waiting = new ArrayDeque<>();
			this.dropped = 0;
			return batch;
		}
		finally {
			this.lock.unlock();
		}
	}

	// A listener may have interrupted this thread, which means nothing here.
	private void awaitEvent() {
		long nanos = IDLE_NANOS;
		this.idle = true;
		while (this.idle && nanos > 0) {
			try {
				nanos = this.filled.awaitNanos(nanos);
			}
			catch (InterruptedException ex) {
				logger.debug("{} was interrupted and goes on", this.threadName, ex);
			}
		}
		this.idle = false;
	}

	// Waits until all was told, until then at most, by the clock of System.nanoTime. An
	// interrupt ends the wait and stays set.
	void flush(long until) {
		this.lock.lock();
		try {
			long nanos = until - System.nanoTime();
			while (!isTold() && !Thread.currentThread().equals(this.thread) && nanos > 0) {
				nanos = this.told.awaitNanos(nanos);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isTold() {
		return this.waiting.isEmpty() && (this.thread == null || this.idle);
	}

	/**
	 * What is told in one go.
	 *
	 * @param events the events
	 * @param dropped how many were dropped before
	 */
	private record Batch(Deque<Consumer<ExecutorListener>> events, long dropped) {

	}

}
