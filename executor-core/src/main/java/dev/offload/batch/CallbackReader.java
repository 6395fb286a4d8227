package dev.offload.batch;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.offload.BatchProgress;
import dev.offload.ItemOutcome;

/**
 * Gives outcomes to a callback, one at a time, on whichever thread brings some: one that
 * finds another at it leaves its own to that.
 */
final class CallbackReader {

	private final Outcomes outcomes;

	private final Feeder feeder;

	private final Consumer<ItemOutcome<?>> callback;

	private final Executor threads;

	private final CompletableFuture<BatchProgress> done = new CompletableFuture<>();

	/** How often outcomes came that were not looked for yet; who finds 0 is at it. */
	private final AtomicInteger news = new AtomicInteger();

	CallbackReader(Outcomes outcomes, Feeder feeder, Executor threads, Consumer<ItemOutcome<?>> callback) {
		this.threads = threads;
		this.outcomes = outcomes;
		this.feeder = feeder;
		this.callback = callback;
	}

	CompletableFuture<BatchProgress> start() {
		this.outcomes.onChange(this::deliver);
		this.threads.execute(this::deliver);
		return this.done.copy();
	}

	private void deliver() {
		if (this.news.getAndIncrement() != 0) {
			return;
		}
		int seen = 1;
		do {
			deliverAll();
			if (this.outcomes.isOver()) {
				finish();
			}
			seen = this.news.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void deliverAll() {
		Outcomes.Taken taken = this.outcomes.poll();
		while (taken != null) {
			deliver(taken.outcomes().get(0));
			if (taken.half()) {
				this.feeder.feed();
			}
			taken = this.outcomes.poll();
		}
	}

	private void deliver(ItemOutcome<?> outcome) {
		if (this.done.isDone()) {
			return;
		}
		try {
			this.callback.accept(outcome);
		}
		catch (Throwable ex) {
			this.done.completeExceptionally(ex);
			this.feeder.cancel(new CancellationException("A callback of the batch failed with " + ex));
		}
	}

	private void finish() {
		Throwable reason = this.outcomes.reason();
		if (reason != null) {
			this.done.completeExceptionally(reason);
		}
		else {
			this.done.complete(this.feeder.progress());
		}
	}

}
