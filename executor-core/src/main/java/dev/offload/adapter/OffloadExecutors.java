package dev.offload.adapter;

import java.util.Objects;
import java.util.concurrent.ExecutorService;

import dev.offload.OffloadExecutor;

/**
 * Gives executors to code that knows those of the JDK only.
 */
public final class OffloadExecutors {

	private OffloadExecutors() {
	}

	/**
	 * An executor as an {@link ExecutorService}, by which it gets tasks as others do.
	 * <p>
	 * Where tasks run in worker processes, a {@link Runnable} or
	 * {@link java.util.concurrent.Callable} must be serializable, as
	 * {@code (Callable<String> & Serializable) () -> ...} is. One that is not is refused
	 * with a {@link dev.offload.PayloadException} that says so; so is what a
	 * {@link java.util.concurrent.CompletableFuture} makes of its functions. A task for
	 * which there is no room, or that comes after the end, is refused with a
	 * {@link java.util.concurrent.RejectedExecutionException} whose cause is that of the
	 * executor. {@code invokeAll} and {@code invokeAny} take any number of tasks, of
	 * which only a few are in the executor at a time.
	 * <p>
	 * To cancel a future is to cancel its task, whether it may interrupt or not.
	 * {@code shutdown} ends this service and not the executor: it refuses new tasks, and
	 * {@code awaitTermination} waits for those that came by it. {@code shutdownNow}
	 * cancels these, and returns those which were runnables and had not begun. A task
	 * that is cancelled counts as ended at once, though it may still run: until it heeds
	 * its interrupt, or until its worker is killed after {@code kill-grace}.
	 * @param executor the executor
	 * @return a new service
	 */
	public static ExecutorService asExecutorService(OffloadExecutor executor) {
		return new OffloadExecutorService(Objects.requireNonNull(executor, "executor"));
	}

}
