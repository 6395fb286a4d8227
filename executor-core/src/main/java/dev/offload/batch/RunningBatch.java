package dev.offload.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.offload.Batch;
import dev.offload.BatchException;
import dev.offload.BatchProgress;
import dev.offload.ItemOutcome;
import dev.offload.OffloadException;

/**
 * A batch as its reader sees it.
 *
 * @param <R> the type of the results
 */
final class RunningBatch<R extends @Nullable Object> implements Batch<R> {

	private final String executor;

	private final String id;

	private final Feeder feeder;

	private final Outcomes outcomes;

	/** How it is read; set once. */
	private final AtomicReference<@Nullable String> reading = new AtomicReference<>();

	private final ReentrantLock collecting = new ReentrantLock();

	/** All outcomes, once they are read. Guarded by the lock. */
	private final List<ItemOutcome<R>> collected = new ArrayList<>();

	RunningBatch(String executor, String id, Feeder feeder, Outcomes outcomes) {
		this.executor = executor;
		this.id = id;
		this.feeder = feeder;
		this.outcomes = outcomes;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public BatchProgress progress() {
		return this.feeder.progress();
	}

	@Override
	public CompletableFuture<BatchProgress> completion() {
		return this.feeder.completion().copy();
	}

	@Override
	public boolean cancel() {
		return this.feeder.cancel(cancelled());
	}

	// The value is of that type where there is no failure.
	@Override
	@SuppressWarnings("NullAway")
	public List<R> results() {
		List<ItemOutcome<R>> all = outcomes();
		List<R> results = new ArrayList<>(all.size());
		for (ItemOutcome<R> outcome : all) {
			if (!outcome.succeeded()) {
				throw failed(all, outcome);
			}
			results.add(outcome.value());
		}
		return results;
	}

	private BatchException failed(List<ItemOutcome<R>> all, ItemOutcome<R> first) {
		long failed = all.stream().filter((outcome) -> !outcome.succeeded()).count();
		return new BatchException(this.executor,
				failed + " of " + all.size() + " items of batch " + this.id + " of executor '" + this.executor
						+ "' failed, the first of them item " + first.index() + " with " + first.failure()
						+ "; outcomes() has what came of each",
				failed, first);
	}

	@Override
	public List<ItemOutcome<R>> outcomes() {
		read("outcomes() or results()", true);
		try {
			this.collecting.lockInterruptibly();
			try {
				collect();
				throwReason();
				return List.copyOf(this.collected);
			}
			finally {
				this.collecting.unlock();
			}
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	private void collect() throws InterruptedException {
		boolean more = !this.outcomes.isOver();
		while (more) {
			Outcomes.Taken taken = take(Integer.MAX_VALUE);
			taken.outcomes().forEach((outcome) -> this.collected.add(typed(outcome)));
			more = !taken.outcomes().isEmpty();
		}
		this.collected.sort(Comparator.comparingLong(ItemOutcome::index));
	}

	private Outcomes.Taken take(int most) throws InterruptedException {
		Outcomes.Taken taken = this.outcomes.take(most);
		if (taken.half()) {
			this.feeder.feed();
		}
		return taken;
	}

	@Override
	public Iterator<ItemOutcome<R>> iterator() {
		read("an iterator or a stream", false);
		return new OutcomeIterator();
	}

	@Override
	public CompletableFuture<BatchProgress> onOutcome(Consumer<? super ItemOutcome<R>> reader) {
		read("a callback", false);
		return new CallbackReader(this.outcomes, this.feeder, this.feeder.target()::execute,
				(outcome) -> reader.accept(typed(outcome)))
			.start();
	}

	private void read(String how, boolean again) {
		String former = this.reading.compareAndExchange(null, how);
		if (former != null && !(again && former.equals(how))) {
			throw new IllegalStateException("Batch " + this.id + " of executor '" + this.executor + "' is read by "
					+ former + " already; each outcome is given out once");
		}
	}

	private CancellationException cancelled() {
		return new CancellationException("Batch " + this.id + " of executor '" + this.executor + "' was cancelled");
	}

	private CancellationException interrupted() {
		this.feeder.cancel(cancelled());
		Thread.currentThread().interrupt();
		return new CancellationException("Batch " + this.id + " of executor '" + this.executor
				+ "' was cancelled, for the thread that waited for it was interrupted");
	}

	// It may be thrown on several threads, so each has one of its own where that is
	// cheap.
	private void throwReason() {
		Throwable reason = this.outcomes.reason();
		if (reason instanceof CancellationException) {
			throw cancelled();
		}
		if (reason instanceof RuntimeException exception) {
			throw exception;
		}
		if (reason != null) {
			throw new OffloadException(this.executor,
					"Batch " + this.id + " of executor '" + this.executor + "' ended early: " + reason, reason);
		}
	}

	@SuppressWarnings("unchecked")
	private static <R extends @Nullable Object> ItemOutcome<R> typed(ItemOutcome<?> outcome) {
		return (ItemOutcome<R>) outcome;
	}

	/**
	 * Gives the outcomes as they come.
	 */
	private final class OutcomeIterator implements Iterator<ItemOutcome<R>> {

		private @Nullable ItemOutcome<R> next;

		@Override
		public boolean hasNext() {
			if (this.next != null) {
				return true;
			}
			try {
				List<ItemOutcome<?>> taken = take(1).outcomes();
				if (taken.isEmpty()) {
					throwReason();
					return false;
				}
				this.next = typed(taken.get(0));
				return true;
			}
			catch (InterruptedException ex) {
				throw interrupted();
			}
		}

		@Override
		public ItemOutcome<R> next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			ItemOutcome<R> given = this.next;
			this.next = null;
			if (given == null) {
				throw new NoSuchElementException();
			}
			return given;
		}

	}

}
