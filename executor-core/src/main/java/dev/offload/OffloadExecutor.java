package dev.offload;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One named executor: it runs tasks in worker processes, in threads or inline, under one
 * contract of limits, errors and numbers. Safe for use by many threads.
 * <p>
 * {@code call} waits for the result on the calling thread. When that thread is
 * interrupted, the task is cancelled, {@code call} throws
 * {@link java.util.concurrent.CancellationException}, and the thread's interrupt flag
 * stays set. {@code submit} returns once the task is accepted and its arguments are
 * encoded: the caller may change them afterwards.
 * <p>
 * Every method that takes work throws {@link ExecutorOverloadException} when the executor
 * has no room, {@link ExecutorClosedException} after closing has begun and
 * {@link PayloadException} when an argument cannot be sent.
 */
public interface OffloadExecutor extends AutoCloseable {

	/**
	 * The name.
	 * @return the name, unique in its registry
	 */
	String name();

	/**
	 * The settings it was made with.
	 * @return the settings
	 */
	ExecutorSpec spec();

	/**
	 * Runs a task and waits for its result.
	 * @param <T> the type of the result
	 * @param task the task
	 * @return the result
	 * @throws Exception the task's own exception, or an {@link OffloadException}
	 */
	default <T extends @Nullable Object> T call(Task<T> task) throws Exception {
		return call(task, TaskOptions.DEFAULTS);
	}

	/**
	 * Runs a task and waits for its result.
	 * @param <T> the type of the result
	 * @param task the task
	 * @param options the options of this submission
	 * @return the result
	 * @throws Exception the task's own exception, or an {@link OffloadException}
	 */
	<T extends @Nullable Object> T call(Task<T> task, TaskOptions options) throws Exception;

	/**
	 * Calls a method and waits for its result.
	 * @param invocation the method and its arguments
	 * @param options the options of this submission
	 * @return the result
	 * @throws Throwable the method's own exception, or an {@link OffloadException}
	 */
	@Nullable Object call(Invocation invocation, TaskOptions options) throws Throwable;

	/**
	 * Submits a task.
	 * @param <T> the type of the result
	 * @param task the task
	 * @return the handle of the accepted task
	 */
	default <T extends @Nullable Object> TaskHandle<T> submit(Task<T> task) {
		return submit(task, TaskOptions.DEFAULTS);
	}

	/**
	 * Submits a task.
	 * @param <T> the type of the result
	 * @param task the task
	 * @param options the options of this submission
	 * @return the handle of the accepted task
	 */
	<T extends @Nullable Object> TaskHandle<T> submit(Task<T> task, TaskOptions options);

	/**
	 * Submits the call of a method.
	 * @param invocation the method and its arguments
	 * @param options the options of this submission
	 * @return the handle of the accepted task
	 */
	TaskHandle<@Nullable Object> submit(Invocation invocation, TaskOptions options);

	/**
	 * Submits a task whose result is a stream, and gives its items as the task makes
	 * them: for what is long, or has no end. The task runs until its stream ends, and
	 * waits while its items are not taken, under its limits on time all the while. It is
	 * not tried again.
	 * @param <T> the type of the items
	 * @param task the task
	 * @param options the options of this submission
	 * @return the items to come; to be closed unless they are read to their end
	 * @throws UnsupportedOperationException if this executor has no streams, as by
	 * default
	 */
	default <T extends @Nullable Object> TaskStream<T> stream(Task<Stream<T>> task, TaskOptions options) {
		throw noStreams();
	}

	/**
	 * Submits a task whose result is a stream.
	 * @param <T> the type of the items
	 * @param task the task
	 * @return the items to come
	 * @see #stream(Task, TaskOptions)
	 */
	default <T extends @Nullable Object> TaskStream<T> stream(Task<Stream<T>> task) {
		return stream(task, TaskOptions.DEFAULTS);
	}

	/**
	 * Submits the call of a method that returns a stream, as
	 * {@link #stream(Task, TaskOptions)} does.
	 * @param invocation the method and its arguments
	 * @param options the options of this submission
	 * @return the items to come
	 * @throws UnsupportedOperationException if this executor has no streams, as by
	 * default
	 */
	default TaskStream<@Nullable Object> stream(Invocation invocation, TaskOptions options) {
		throw noStreams();
	}

	private UnsupportedOperationException noStreams() {
		return new UnsupportedOperationException(
				"Executor '" + name() + "' of type " + spec().type() + " has no streams; return all items together");
	}

	/**
	 * Applies a function to each of many items, in chunks of several items: a chunk is
	 * one task, so that small things pay. Returns when the first chunks are submitted.
	 * The others follow as these end, on threads that the executor has for futures, so
	 * there may be more items than {@code max-pending} has places, or no end of them.
	 * <p>
	 * An item that fails is the only one that does, unless it takes its worker along:
	 * crashes and limits are those of the task, and what they end is all items of its
	 * chunk. An item that cannot be sent fails alone.
	 * <p>
	 * The source is read by one thread at a time. It may be lazy, as
	 * {@code stream::iterator}, and may wait.
	 * @param <T> the type of the items
	 * @param <R> the type of the results
	 * @param items the items
	 * @param function what is done with each
	 * @param options the options of the batch; the timeout is for each chunk
	 * @return the running batch
	 * @throws UnsupportedOperationException if this executor has no batches, as by
	 * default
	 */
	default <T extends @Nullable Object, R extends @Nullable Object> Batch<R> map(Iterable<? extends T> items,
			ItemFunction<? super T, ? extends R> function, BatchOptions options) {
		throw noBatches();
	}

	/**
	 * Applies a function to each of many items, in chunks as large as pays.
	 * @param <T> the type of the items
	 * @param <R> the type of the results
	 * @param items the items
	 * @param function what is done with each
	 * @return the running batch
	 * @see #map(Iterable, ItemFunction, BatchOptions)
	 */
	default <T extends @Nullable Object, R extends @Nullable Object> Batch<R> map(Iterable<? extends T> items,
			ItemFunction<? super T, ? extends R> function) {
		return map(items, function, BatchOptions.DEFAULTS);
	}

	/**
	 * Calls one method with each of many lists of arguments, in chunks as
	 * {@linkplain #map(Iterable, ItemFunction, BatchOptions) map} does: so beans can be
	 * mapped.
	 * @param call the method and its target; its own arguments are not used
	 * @param argumentLists the arguments of each call
	 * @param options the options of the batch
	 * @return the running batch
	 * @throws UnsupportedOperationException if this executor has no batches, as by
	 * default
	 */
	default Batch<@Nullable Object> mapCalls(Invocation call, Iterable<? extends @Nullable Object[]> argumentLists,
			BatchOptions options) {
		throw noBatches();
	}

	/**
	 * Submits many tasks, each as if it were submitted by itself, but never more at a
	 * time than there are places, however many they are.
	 * @param <R> the type of the results
	 * @param tasks the tasks, which may be lazy
	 * @param options the options of the batch, of which the chunk is not used
	 * @return the running batch
	 * @throws UnsupportedOperationException if this executor has no batches, as by
	 * default
	 */
	default <R extends @Nullable Object> Batch<R> submitAll(Iterable<? extends Task<? extends R>> tasks,
			BatchOptions options) {
		throw noBatches();
	}

	/**
	 * Submits many calls, as {@link #submitAll} does with tasks.
	 * @param calls the methods and their arguments, which may be lazy
	 * @param options the options of the batch, of which the chunk is not used
	 * @return the running batch
	 * @throws UnsupportedOperationException if this executor has no batches, as by
	 * default
	 */
	default Batch<@Nullable Object> submitCalls(Iterable<Invocation> calls, BatchOptions options) {
		throw noBatches();
	}

	/**
	 * Runs tasks until one succeeds, and cancels the others. Waits as {@code call} does.
	 * @param <R> the type of the result
	 * @param tasks the tasks, one or more
	 * @param options the options of each
	 * @return the first result
	 * @throws Exception the failure of the task that failed first, with those of the
	 * others suppressed, if none succeeds
	 */
	default <R extends @Nullable Object> R invokeAny(Collection<? extends Task<? extends R>> tasks, TaskOptions options)
			throws Exception {
		return FirstResult.of(name(), submitAll(tasks, BatchOptions.DEFAULTS.withTasks(options)));
	}

	private UnsupportedOperationException noBatches() {
		return new UnsupportedOperationException(
				"Executor '" + name() + "' of type " + spec().type() + " has no batches; submit its tasks one by one");
	}

	/**
	 * Gives the object whose calls run on this executor. With worker processes the target
	 * travels with each call, so it must be serializable.
	 * @param <A> the interface
	 * @param api the interface whose methods are called
	 * @param target the object that implements them
	 * @return an object whose calls wait for their results, but for methods that return a
	 * {@link java.util.concurrent.Future}, a {@link java.util.concurrent.CompletionStage}
	 * or a {@link TaskHandle}, and for those that return a {@link Stream}, whose items
	 * come {@linkplain #stream(Invocation, TaskOptions) one by one} and which is to be
	 * closed
	 */
	<A> A wrap(Class<A> api, A target);

	/**
	 * Gives the object whose calls run on this executor, on an instance that each worker
	 * makes once by the no-argument constructor of the type: nothing but the arguments
	 * travels.
	 * @param <A> the interface
	 * @param api the interface whose methods are called
	 * @param targetType the class that implements them
	 * @return an object whose calls wait for their results, but for methods that return a
	 * {@link java.util.concurrent.Future}, a {@link java.util.concurrent.CompletionStage}
	 * or a {@link TaskHandle}, and for those that return a {@link Stream}, whose items
	 * come {@linkplain #stream(Invocation, TaskOptions) one by one} and which is to be
	 * closed
	 */
	<A> A wrapType(Class<A> api, Class<? extends A> targetType);

	/**
	 * The numbers of this moment, consistent with each other.
	 * @return the snapshot
	 */
	ExecutorSnapshot snapshot();

	/**
	 * What an operator can do with it while it works.
	 * @return the operations
	 * @throws UnsupportedOperationException if there are none, as by default
	 */
	default ExecutorOperations operations() {
		throw new UnsupportedOperationException("Executor '" + name() + "' has no operations");
	}

	/**
	 * Starts in the background what the settings want ready before the first task. Called
	 * by whoever made the executor, when the application is ready; does nothing where
	 * nothing is to be started.
	 */
	default void start() {
	}

	/**
	 * Takes no more tasks and waits until the accepted ones have ended.
	 * @param deadline how long to wait at most
	 * @return {@code true} if all ended in time
	 */
	boolean drain(Duration deadline);

	/**
	 * Takes no more tasks and lets the accepted ones end within {@code close-timeout}, in
	 * the last part of which those that still run are interrupted; then ends every task
	 * and every worker. When called again, or by several threads, it waits until that is
	 * done.
	 */
	@Override
	void close();

	/**
	 * Takes no more tasks, cancels all accepted ones and ends every worker at once. Also
	 * ends the waiting of a {@link #close()} on another thread.
	 */
	void closeNow();

}
