package dev.offload;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * Many items on their way through one executor. It runs by itself: a few chunks of items
 * are in the executor at a time, and each one that ends makes room for the next. Safe for
 * use by many threads.
 * <p>
 * Each outcome is given out once, in one of three ways, of which a batch has the first
 * that is asked for: all of them in the order of the items, as they come to an
 * {@linkplain #iterator() iterator}, or as they come to a {@linkplain #onOutcome
 * callback}. Until they are read they are kept; where there may be only so many of them,
 * as by default where the source is no collection, the batch waits for its reader.
 * <p>
 * A batch ends early when it is cancelled, when its executor is closed or has no workers,
 * or when its source fails. Then the items that were not taken from the source have no
 * outcome, and reading it ends with that failure.
 *
 * @param <R> the type of the results
 */
public interface Batch<R extends @Nullable Object> extends Iterable<ItemOutcome<R>> {

	/**
	 * The id given in the options or generated. Those of its tasks are this one, a dash
	 * and a number.
	 * @return the id
	 */
	String id();

	/**
	 * How far it has come.
	 * @return the numbers of this moment
	 */
	BatchProgress progress();

	/**
	 * Waits for all results. If the waiting thread is interrupted the batch is cancelled,
	 * and the thread's interrupt flag stays set.
	 * @return the results in the order of the items
	 * @throws BatchException if items failed
	 * @throws CancellationException if it is cancelled
	 */
	List<R> results();

	/**
	 * Waits for all outcomes, as {@link #results()} does.
	 * @return the outcomes in the order of the items
	 * @throws CancellationException if it is cancelled
	 */
	List<ItemOutcome<R>> outcomes();

	/**
	 * The outcomes as they come, which need not be the order of the items. The iterator
	 * waits for the next one. It may be used by one thread at a time.
	 * @return the iterator, the only one
	 */
	@Override
	Iterator<ItemOutcome<R>> iterator();

	/**
	 * The outcomes as they come, as {@link #iterator()} gives them.
	 * @return a sequential stream
	 */
	default Stream<ItemOutcome<R>> stream() {
		return StreamSupport.stream(spliterator(), false);
	}

	/**
	 * Gives each outcome to a callback as it comes, one at a time, on threads that the
	 * executor has for futures. No more items are taken from the source than the callback
	 * keeps up with. What it throws cancels the batch.
	 * @param reader the callback
	 * @return what {@link #completion()} gives, but after the last call
	 */
	CompletableFuture<BatchProgress> onOutcome(Consumer<? super ItemOutcome<R>> reader);

	/**
	 * The end to come: all items have an outcome, read or not, or it has ended early and
	 * fails with the reason. Failures of items are no failure of the batch.
	 * @return a new future, whose cancelling changes nothing
	 */
	CompletableFuture<BatchProgress> completion();

	/**
	 * Takes no more items and cancels the tasks that wait or run.
	 * @return {@code true} if it ends as cancelled, {@code false} if it had ended
	 */
	boolean cancel();

}
