package dev.offload.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.offload.Batch;
import dev.offload.BatchProgress;
import dev.offload.ItemOutcome;

/**
 * A future for each task of a batch, all of which are done when it was waited for.
 *
 * @param <T> the type of the results
 */
final class InvokedAll<T extends @Nullable Object> {

	private final List<CompletableFuture<T>> futures = new ArrayList<>();

	private final Batch<@Nullable Object> batch;

	private final CompletableFuture<BatchProgress> end;

	InvokedAll(int tasks, Batch<@Nullable Object> batch) {
		for (int i = 0; i < tasks; i++) {
			this.futures.add(new CompletableFuture<>());
		}
		this.batch = batch;
		this.end = batch.onOutcome(this::ended);
	}

	@SuppressWarnings({ "unchecked", "NullAway" })
	private void ended(ItemOutcome<@Nullable Object> outcome) {
		CompletableFuture<T> future = this.futures.get((int) outcome.index());
		Throwable failure = outcome.failure();
		if (failure != null) {
			future.completeExceptionally(failure);
		}
		else {
			future.complete((T) outcome.value());
		}
	}

	List<Future<T>> await(long timeout, TimeUnit unit) throws InterruptedException {
		Throwable early = null;
		try {
			this.end.get(timeout, unit);
		}
		catch (ExecutionException ex) {
			early = ex.getCause();
		}
		catch (TimeoutException ex) {
			// Those that have not ended are cancelled.
		}
		finally {
			this.batch.cancel();
			settle(early);
		}
		return List.copyOf(this.futures);
	}

	private void settle(@Nullable Throwable early) {
		for (CompletableFuture<T> future : this.futures) {
			if (early != null) {
				future.completeExceptionally(early);
			}
			else {
				future.cancel(true);
			}
		}
	}

}
