package dev.offload.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.StreamResults;

/**
 * What a task has made of its stream and its consumer has not taken: bounded, so that the
 * task waits. Safe for use by many threads.
 */
public final class StreamBuffer {

	/** Of what was taken since, the producer is told at once. */
	private static final long TELL_BYTES = StreamResults.WINDOW_BYTES / 4;

	private final ReentrantLock lock = new ReentrantLock();

	/** Something came, was taken, or all is over. */
	private final Condition changed = this.lock.newCondition();

	/** Guarded by the lock. */
	private final Deque<Parcel> parcels = new ArrayDeque<>();

	/**
	 * Guarded by the lock: bytes that came, that were taken, that a producer heard of.
	 */
	private long received;

	private long taken;

	private long told;

	/** Guarded by the lock: how it ended, once it has. */
	private @Nullable End end;

	/** Guarded by the lock: what the consumer has in its hands. */
	private @Nullable Parcel open;

	/** Written with the lock: nobody takes any more. */
	private volatile boolean closed;

	/** Written before the first parcel comes. */
	private volatile LongConsumer producer = (bytes) -> {
	};

	/** Guarded by the lock: who takes the items and is told that there are some. */
	private Runnable consumer = StreamBuffer::nobody;

	/**
	 * Who makes the items is in another process.
	 * @param action told how many bytes were taken since the beginning; must be quick
	 */
	public void onTaken(LongConsumer action) {
		this.producer = action;
	}

	// Told that something has come, or the end; must be quick. It is forgotten once this
	// is closed, for a stream that has ended holds nobody.
	void onChange(Runnable action) {
		this.lock.lock();
		try {
			if (!this.closed) {
				this.consumer = action;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Some items have come.
	 * @param parcel the items
	 * @return {@code false} if there was no room, and they were not taken
	 */
	public boolean offer(Parcel parcel) {
		Runnable told;
		this.lock.lock();
		try {
			if (isFull()) {
				return false;
			}
			add(parcel);
			told = this.consumer;
		}
		finally {
			this.lock.unlock();
		}
		told.run();
		return true;
	}

	/**
	 * Adds some items as soon as there is room.
	 * @param parcel the items
	 * @throws InterruptedException if this thread is interrupted
	 * @throws CancellationException if nobody takes them any more
	 */
	public void put(Parcel parcel) throws InterruptedException {
		Runnable told;
		this.lock.lockInterruptibly();
		try {
			while (isFull() && !this.closed) {
				this.changed.await();
			}
			if (this.closed) {
				throw new CancellationException("Nobody takes its items any more");
			}
			add(parcel);
			told = this.consumer;
		}
		finally {
			this.lock.unlock();
		}
		told.run();
	}

	// Only with the lock. What a producer was not told of it may not count on.
	private boolean isFull() {
		return this.received - this.told >= StreamResults.WINDOW_BYTES;
	}

	private void add(Parcel parcel) {
		// What nobody takes is counted, too, or there could be more of it than was asked
		// for.
		this.received += parcel.bytes();
		if (!this.closed) {
			this.parcels.add(parcel);
			this.changed.signalAll();
		}
	}

	// No more items come, but for those of the rest.
	void end(@Nullable Throwable failure, @Nullable Parcel rest) {
		boolean late;
		Runnable told;
		this.lock.lock();
		try {
			late = this.closed;
			if (rest != null && !late) {
				this.parcels.add(rest);
			}
			this.end = new End(failure);
			told = this.consumer;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (rest != null && late) {
			rest.discard();
		}
		told.run();
	}

	// The next items, null if there are none now.
	@Nullable Parcel poll() {
		this.lock.lock();
		try {
			this.open = this.parcels.poll();
			return this.open;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Waits for the next items; null at the end.
	@Nullable Parcel take() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (this.parcels.isEmpty() && this.end == null && !this.closed) {
				this.changed.await();
			}
			this.open = this.parcels.poll();
			return this.open;
		}
		finally {
			this.lock.unlock();
		}
	}

	// How it ended, null while something is there or may come.
	@Nullable End end() {
		this.lock.lock();
		try {
			if (this.closed) {
				return new End(new CancellationException("The stream was closed"));
			}
			return this.parcels.isEmpty() ? this.end : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	// These items are with their consumer.
	void taken(Parcel parcel) {
		long total = -1;
		this.lock.lock();
		try {
			this.open = null;
			this.taken += parcel.bytes();
			if (this.taken - this.told >= TELL_BYTES) {
				this.told = this.taken;
				total = this.told;
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (total >= 0) {
			this.producer.accept(total);
		}
	}

	private static void nobody() {
		// There is none to be told.
	}

	boolean isClosed() {
		return this.closed;
	}

	// Nobody takes any more, of which the consumer hears.
	void close() {
		List<Parcel> left;
		Runnable told;
		this.lock.lock();
		try {
			this.closed = true;
			left = new ArrayList<>(this.parcels);
			if (this.open != null) {
				left.add(this.open);
			}
			this.open = null;
			this.parcels.clear();
			told = this.consumer;
			this.consumer = StreamBuffer::nobody;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		left.forEach(Parcel::discard);
		told.run();
	}

	/**
	 * Some items, for one thread at a time.
	 */
	public interface Parcel {

		/**
		 * How much room they take.
		 * @return their bytes
		 */
		long bytes();

		/**
		 * Whether the items are there, so that to look for one makes none.
		 * @return {@code true} by default
		 */
		default boolean isMade() {
			return true;
		}

		/**
		 * Whether there are more.
		 * @return {@code true} if there are
		 */
		boolean hasNext();

		/**
		 * The next item; decodes it.
		 * @return the item
		 */
		@Nullable Object next();

		/**
		 * Nobody takes what is left.
		 */
		default void discard() {
		}

	}

	/**
	 * How a stream ended.
	 *
	 * @param failure why, {@code null} if all of it was made
	 */
	record End(@Nullable Throwable failure) {

	}

}
