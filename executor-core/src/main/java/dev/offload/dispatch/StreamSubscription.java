package dev.offload.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Tells a subscriber of the items of a stream, as many as it wants, on one thread at a
 * time. Safe for use by many threads.
 *
 * @param <T> the type of the items
 */
final class StreamSubscription<T extends @Nullable Object> implements Flow.Subscription {

	private final RunningStream<T> stream;

	private final StreamBuffer buffer;

	private final Flow.Subscriber<? super T> subscriber;

	private final Executor threads;

	private final AtomicLong wanted = new AtomicLong();

	/**
	 * How often it was asked to look since it began to. Before it is begun it looks at
	 * nothing: its subscriber is told that it has subscribed before all else.
	 */
	private final AtomicInteger asked = new AtomicInteger(1);

	/** Written by whoever is done with it. */
	private volatile boolean over;

	/** Written by a subscriber that breaks its contract. */
	private volatile @Nullable Throwable breach;

	/** Of the thread that tells: whether an item was ever wanted. */
	private boolean begun;

	/** Of the thread that tells. */
	private StreamBuffer.@Nullable Parcel parcel;

	StreamSubscription(RunningStream<T> stream, StreamBuffer buffer, Flow.Subscriber<? super T> subscriber,
			Executor threads) {
		this.stream = stream;
		this.buffer = buffer;
		this.subscriber = subscriber;
		this.threads = threads;
	}

	@Override
	public void request(long count) {
		if (count <= 0) {
			this.breach = new IllegalArgumentException("A subscriber asked for " + count + " items");
		}
		else {
			this.wanted.getAndUpdate((before) -> (before + count < 0) ? Long.MAX_VALUE : before + count);
		}
		schedule();
	}

	@Override
	public void cancel() {
		this.over = true;
		this.stream.close();
	}

	// Its subscriber knows of it.
	void begin() {
		this.threads.execute(this::tellAll);
	}

	void schedule() {
		if (!this.over && this.asked.getAndIncrement() == 0) {
			this.threads.execute(this::tellAll);
		}
	}

	private void tellAll() {
		int seen = this.asked.get();
		while (seen != 0) {
			try {
				tell();
			}
			// What is made here may throw what is checked, as in other languages than
			// Java.
			catch (Throwable ex) {
				if (ex instanceof InterruptedException) {
					Thread.currentThread().interrupt();
				}
				fail(ex);
			}
			seen = this.asked.addAndGet(-seen);
		}
	}

	private void tell() {
		while (!this.over) {
			Throwable broken = this.breach;
			if (broken != null) {
				fail(broken);
				return;
			}
			boolean wants = this.wanted.get() > 0;
			this.begun |= wants;
			StreamBuffer.Parcel now = this.buffer.isClosed() ? null : next();
			if (now == null) {
				endIfEnded();
				return;
			}
			if (!wants) {
				return;
			}
			tell(now);
		}
	}

	@SuppressWarnings("unchecked")
	private void tell(StreamBuffer.Parcel from) {
		T item = (T) from.next();
		if (item == null) {
			throw new NullPointerException("An item of " + this.stream + " is null, which a publisher cannot tell");
		}
		if (this.wanted.get() != Long.MAX_VALUE) {
			this.wanted.decrementAndGet();
		}
		this.subscriber.onNext(item);
	}

	// Those of which one is left, null if there are none now.
	private StreamBuffer.@Nullable Parcel next() {
		while (true) {
			StreamBuffer.Parcel now = this.parcel;
			if (now == null) {
				now = this.buffer.poll();
				this.parcel = now;
			}
			if (now == null || (!this.begun && !now.isMade()) || now.hasNext()) {
				return now;
			}
			this.buffer.taken(now);
			this.parcel = null;
		}
	}

	private void endIfEnded() {
		StreamBuffer.End end = this.buffer.end();
		if (end == null) {
			return;
		}
		Throwable failure = end.failure();
		if (failure != null) {
			fail(failure);
			return;
		}
		this.over = true;
		this.stream.close();
		this.subscriber.onComplete();
	}

	private void fail(Throwable failure) {
		if (!this.over) {
			this.over = true;
			this.stream.close();
			this.subscriber.onError(failure);
		}
	}

}
