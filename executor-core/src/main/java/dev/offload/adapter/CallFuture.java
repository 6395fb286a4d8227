package dev.offload.adapter;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The future of a task that has a result given beforehand.
 *
 * @param <T> the type of the result
 * @param task the future of the task
 * @param result the result
 */
record CallFuture<T extends @Nullable Object>(Future<?> task, T result) implements Future<T> {

	@Override
	public boolean cancel(boolean mayInterruptIfRunning) {
		return this.task.cancel(mayInterruptIfRunning);
	}

	@Override
	public boolean isCancelled() {
		return this.task.isCancelled();
	}

	@Override
	public boolean isDone() {
		return this.task.isDone();
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		this.task.get();
		return this.result;
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		this.task.get(timeout, unit);
		return this.result;
	}

}
