package dev.offload.adapter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.offload.Batch;
import dev.offload.ItemOutcome;

/**
 * The first result of a batch.
 *
 * @param <T> the type of the result
 */
final class InvokedAny<T extends @Nullable Object> {

	private final Batch<@Nullable Object> batch;

	private final CompletableFuture<T> first = new CompletableFuture<>();

	/** Written by one callback after another. */
	private volatile @Nullable Throwable failure;

	InvokedAny(Batch<@Nullable Object> batch) {
		this.batch = batch;
		var unused = batch.onOutcome(this::ended).whenComplete((progress, early) -> allEnded(early));
	}

	@SuppressWarnings({ "unchecked", "NullAway" })
	private void ended(ItemOutcome<@Nullable Object> outcome) {
		if (outcome.succeeded()) {
			this.first.complete((T) outcome.value());
		}
		else if (this.failure == null) {
			this.failure = outcome.failure();
		}
	}

	private void allEnded(@Nullable Throwable early) {
		Throwable known = this.failure;
		Throwable why = (known != null) ? known : early;
		this.first.completeExceptionally((why != null) ? why : new IllegalStateException("No task has ended"));
	}

	T await(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		try {
			return this.first.get(timeout, unit);
		}
		finally {
			this.batch.cancel();
		}
	}

}
