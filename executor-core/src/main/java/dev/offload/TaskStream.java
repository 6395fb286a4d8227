package dev.offload;

import java.util.concurrent.Flow;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The items of a task whose result is a stream: they come as the task makes them, which
 * waits while they are not taken. They are taken once, in one of the two ways. A stream
 * that is closed, or dropped, before its end cancels the task; one with a subscriber is
 * not dropped.
 *
 * @param <T> the type of the items
 */
public interface TaskStream<T extends @Nullable Object> extends AutoCloseable {

	/**
	 * The handle of the task, which ends when it has made its last item. Who keeps only
	 * this has dropped the stream.
	 * @return the handle
	 */
	TaskHandle<?> handle();

	/**
	 * The items, in their order, for the thread that asks for them. It waits for each.
	 * Where the task fails, the stream throws that after the items before: what is
	 * unchecked as it is, other exceptions as the cause of a
	 * {@link java.util.concurrent.CompletionException}. A thread that is interrupted gets
	 * a {@link java.util.concurrent.CancellationException}, and the task is cancelled.
	 * @return the stream, not parallel; to be closed unless it is read to its end
	 * @throws IllegalStateException if they were taken before
	 */
	Stream<T> items();

	/**
	 * The items, for one subscriber, who is told of them on the executor's completion
	 * threads. A task that ran on its caller makes them when they are wanted, on the
	 * thread that asks for them: none before, and then one ahead. A subscriber that wants
	 * no more says so by {@link java.util.concurrent.Flow.Subscription#cancel()}: what it
	 * leaves alone goes on, and waits for it.
	 * @return the publisher; who subscribes second, or when the items were taken, gets an
	 * {@link IllegalStateException}
	 */
	Flow.Publisher<T> publisher();

	/**
	 * Takes no more: what has come is dropped, and the task is cancelled unless it has
	 * ended.
	 */
	@Override
	void close();

}
