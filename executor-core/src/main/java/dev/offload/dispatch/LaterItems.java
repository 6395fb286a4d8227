package dev.offload.dispatch;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.CurrentTask;
import dev.offload.TaskContext;
import dev.offload.spi.ContextCarrier;

/**
 * The stream that a task on its caller has given back: its items are made when they are
 * wanted, by whoever wants them, with what the task took along of its caller's thread.
 */
final class LaterItems implements StreamBuffer.Parcel {

	private final Stream<?> stream;

	private final PendingTask task;

	private final TaskContext self = new Making();

	/** Of the thread that takes them: null before the first is wanted. */
	private @Nullable Iterator<?> items;

	/** Written by whoever is done with it. */
	private volatile boolean closed;

	LaterItems(Stream<?> stream, PendingTask task) {
		this.stream = stream;
		this.task = task;
	}

	@Override
	public long bytes() {
		return 0;
	}

	@Override
	public boolean isMade() {
		return false;
	}

	@Override
	public boolean hasNext() {
		boolean more = inTask(() -> items().hasNext());
		if (!more && !this.closed) {
			discard();
		}
		return more;
	}

	@Override
	public @Nullable Object next() {
		return this.<@Nullable Object>inTask(() -> items().next());
	}

	@Override
	public void discard() {
		this.closed = true;
		this.stream.close();
	}

	// That may fail, and is the failure of its consumer then.
	private Iterator<?> items() {
		Iterator<?> known = this.items;
		if (known == null) {
			known = this.stream.iterator();
			this.items = known;
		}
		return known;
	}

	private <R extends @Nullable Object> R inTask(Supplier<R> action) {
		TaskContext outer = CurrentTask.set(this.self);
		ContextCarrier.Scope scope = this.task.context().resume();
		try {
			return action.get();
		}
		finally {
			scope.close();
			CurrentTask.set(outer);
		}
	}

	/**
	 * What the maker of the items knows of the task, which itself has ended: no limit on
	 * time is left, and nobody hears of progress.
	 */
	private final class Making implements TaskContext {

		@Override
		public String id() {
			return LaterItems.this.task.id();
		}

		@Override
		public int attempt() {
			return LaterItems.this.task.submission().attempts();
		}

		@Override
		public Optional<Instant> deadline() {
			return Optional.empty();
		}

		@Override
		public boolean isCancelled() {
			return LaterItems.this.closed || Thread.currentThread().isInterrupted();
		}

		@Override
		public void progress(long done, long total, @Nullable String message) {
		}

	}

}
