package dev.offload.adapter;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.Batch;
import dev.offload.BatchOptions;
import dev.offload.ExecutorClosedException;
import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadExecutor;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;
import dev.offload.WorkerStartException;

/**
 * The service of {@link OffloadExecutors#asExecutorService}.
 */
final class OffloadExecutorService implements ExecutorService {

	private static final Logger logger = LoggerFactory.getLogger(OffloadExecutorService.class);

	/** No limit, as good as. */
	private static final long FOREVER = Long.MAX_VALUE;

	private final OffloadExecutor executor;

	private final OpenTasks open;

	OffloadExecutorService(OffloadExecutor executor) {
		this.executor = executor;
		this.open = new OpenTasks(executor.name());
	}

	@Override
	public void execute(Runnable command) {
		var unused = submitted(command).whenComplete((result, failure) -> {
			if (failure != null) {
				logger.warn("Executor '{}': {}, which nobody waits for, failed", this.executor.name(), command,
						failure);
			}
		});
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
		return (CompletableFuture<T>) submitted(task);
	}

	@Override
	public Future<?> submit(Runnable task) {
		return submitted(task);
	}

	@Override
	public <T extends @Nullable Object> Future<T> submit(Runnable task, T result) {
		return new CallFuture<>(submitted(task), result);
	}

	private CompletableFuture<?> submitted(Object work) {
		TaskHandle<?> handle = accepted(() -> this.executor.submit(Calls.of(work), Calls.options(work)));
		this.open.accepted(handle.future(), () -> cancel(handle, work));
		return handle.future();
	}

	private static @Nullable Runnable cancel(TaskHandle<?> handle, Object work) {
		boolean waits = handle.status() == TaskStatus.PENDING;
		return (handle.cancel() && waits && work instanceof Runnable runnable) ? runnable : null;
	}

	private <T> T accepted(Supplier<T> submission) {
		this.open.enter();
		boolean accepted = false;
		try {
			T made = submission.get();
			accepted = true;
			return made;
		}
		catch (ExecutorOverloadException | ExecutorClosedException | WorkerStartException ex) {
			throw new RejectedExecutionException(ex.getMessage(), ex);
		}
		finally {
			if (!accepted) {
				this.open.refused();
			}
		}
	}

	private Batch<@Nullable Object> batch(Collection<? extends Callable<?>> tasks) {
		Batch<@Nullable Object> batch = accepted(
				() -> this.executor.submitCalls(tasks.stream().map(Calls::of).toList(), BatchOptions.DEFAULTS));
		this.open.accepted(batch.completion(), () -> {
			batch.cancel();
			return null;
		});
		return batch;
	}

	@Override
	public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
			throws InterruptedException {
		return invokeAll(tasks, FOREVER, TimeUnit.NANOSECONDS);
	}

	@Override
	public <T extends @Nullable Object> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout,
			TimeUnit unit) throws InterruptedException {
		return new InvokedAll<T>(tasks.size(), batch(tasks)).await(timeout, unit);
	}

	@Override
	public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
			throws InterruptedException, ExecutionException {
		try {
			return invokeAny(tasks, FOREVER, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("There is no limit", ex);
		}
	}

	@Override
	public <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout,
			TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		if (tasks.isEmpty()) {
			throw new IllegalArgumentException("invokeAny was given no task");
		}
		return new InvokedAny<T>(batch(tasks)).await(timeout, unit);
	}

	@Override
	public void shutdown() {
		this.open.shutdown();
	}

	@Override
	public List<Runnable> shutdownNow() {
		this.open.shutdown();
		return this.open.cancelAll();
	}

	@Override
	public boolean isShutdown() {
		return this.open.isShutdown();
	}

	@Override
	public boolean isTerminated() {
		return this.open.isTerminated();
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
		return this.open.awaitTermination(timeout, unit);
	}

	@Override
	public String toString() {
		return "Service of " + this.executor;
	}

}
