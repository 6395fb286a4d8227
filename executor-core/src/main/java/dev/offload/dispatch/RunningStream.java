package dev.offload.dispatch;

import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskHandle;
import dev.offload.TaskStream;

/**
 * The stream of a submitted task. What the task knows is its buffer only, so that this
 * can be dropped.
 *
 * @param <T> the type of the items
 */
final class RunningStream<T extends @Nullable Object> implements TaskStream<T> {

	private static final Cleaner cleaner = Cleaner.create();

	private final TaskHandle<?> handle;

	private final StreamBuffer buffer;

	private final Executor threads;

	private final AtomicBoolean taken = new AtomicBoolean();

	private final Drop drop;

	private final Cleaner.Cleanable dropped;

	/**
	 * Creates one.
	 * @param handle the handle of the task
	 * @param task the task
	 * @param threads tells subscribers
	 * @param aside ends a stream that was dropped, on no thread of others
	 */
	RunningStream(TaskHandle<?> handle, PendingTask task, Executor threads, Executor aside) {
		StreamBuffer buffer = Objects.requireNonNull(task.work().buffer(), "buffer");
		this.handle = handle;
		this.buffer = buffer;
		this.threads = threads;
		this.drop = new Drop(handle, buffer, aside);
		this.dropped = cleaner.register(this, this.drop);
		var unused = handle.future()
			.whenComplete((value, failure) -> buffer.end(failure,
					(value instanceof Stream<?> stream) ? new LaterItems(stream, task) : null));
	}

	@Override
	public TaskHandle<?> handle() {
		return this.handle;
	}

	@Override
	public Stream<T> items() {
		if (!this.taken.compareAndSet(false, true)) {
			throw takenBefore();
		}
		return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Items(), Spliterator.ORDERED), false)
			.onClose(this::close);
	}

	@Override
	public Flow.Publisher<T> publisher() {
		return (subscriber) -> {
			Objects.requireNonNull(subscriber, "subscriber");
			if (!this.taken.compareAndSet(false, true)) {
				subscriber.onSubscribe(new NoSubscription());
				subscriber.onError(takenBefore());
				return;
			}
			StreamSubscription<T> subscription = new StreamSubscription<>(this, this.buffer, subscriber, this.threads);
			try {
				subscriber.onSubscribe(subscription);
			}
			catch (Throwable ex) {
				subscription.cancel();
				throw ex;
			}
			this.buffer.onChange(subscription::schedule);
			subscription.begin();
		};
	}

	private IllegalStateException takenBefore() {
		return new IllegalStateException("The items of " + this.handle + " were taken before: they come once only");
	}

	private static RuntimeException unchecked(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (failure instanceof RuntimeException unchecked) ? unchecked : new CompletionException(failure);
	}

	@Override
	public void close() {
		this.drop.end();
		this.dropped.clean();
	}

	@Override
	public String toString() {
		return "Stream of " + this.handle;
	}

	/**
	 * Ends what nobody has any more. Does nothing to a task that has ended.
	 */
	private static final class Drop implements Runnable {

		private final TaskHandle<?> handle;

		private final StreamBuffer buffer;

		private final Executor aside;

		private final AtomicBoolean ended = new AtomicBoolean();

		Drop(TaskHandle<?> handle, StreamBuffer buffer, Executor aside) {
			this.handle = handle;
			this.buffer = buffer;
			this.aside = aside;
		}

		// On the thread that all streams share. What hears of the end may take long.
		@Override
		public void run() {
			if (!this.ended.get()) {
				this.aside.execute(this::end);
			}
		}

		void end() {
			if (this.ended.compareAndSet(false, true)) {
				this.buffer.close();
				this.handle.cancel();
			}
		}

	}

	/**
	 * That of a subscriber who is told of nothing.
	 */
	private static final class NoSubscription implements Flow.Subscription {

		@Override
		public void request(long count) {
		}

		@Override
		public void cancel() {
		}

	}

	/**
	 * The items for a thread that waits for them.
	 */
	private final class Items implements Iterator<T> {

		private StreamBuffer.@Nullable Parcel parcel;

		@Override
		public boolean hasNext() {
			while (true) {
				StreamBuffer.Parcel now = this.parcel;
				if (now == null) {
					now = await();
					this.parcel = now;
				}
				if (now == null) {
					return false;
				}
				if (safely(now::hasNext)) {
					return true;
				}
				RunningStream.this.buffer.taken(now);
				this.parcel = null;
			}
		}

		private StreamBuffer.@Nullable Parcel await() {
			StreamBuffer buffer = RunningStream.this.buffer;
			try {
				StreamBuffer.Parcel next = buffer.take();
				StreamBuffer.End end = (next != null) ? null : buffer.end();
				if (end != null && end.failure() != null) {
					throw unchecked(end.failure());
				}
				return next;
			}
			catch (InterruptedException ex) {
				close();
				throw interrupted(ex);
			}
		}

		private CancellationException interrupted(Throwable interrupt) {
			Thread.currentThread().interrupt();
			CancellationException failure = new CancellationException(
					"Interrupted while it waited for the items of " + RunningStream.this.handle);
			failure.initCause(interrupt);
			return failure;
		}

		// What is no T shows where it is used.
		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		public T next() {
			StreamBuffer.Parcel now = hasNext() ? this.parcel : null;
			if (now == null) {
				throw new NoSuchElementException();
			}
			return (T) safely(now::next);
		}

		// What cannot be read ends the task, too. What is made here may throw what is
		// checked, as in other languages than Java.
		private <R extends @Nullable Object> R safely(Supplier<R> action) {
			try {
				return action.get();
			}
			catch (Throwable ex) {
				close();
				throw (ex instanceof InterruptedException) ? interrupted(ex) : unchecked(ex);
			}
		}

	}

}
