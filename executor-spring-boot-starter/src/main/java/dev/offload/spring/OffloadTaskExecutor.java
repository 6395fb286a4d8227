package dev.offload.spring;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.adapter.OffloadExecutors;

/**
 * An executor as Spring's {@link AsyncTaskExecutor}, for {@code @Async}, Spring MVC and
 * others that take one.
 * <p>
 * What these hand over is made by Spring and cannot be sent to another process: they need
 * an executor of type {@code thread} or {@code virtual}. On one with worker processes
 * they get a {@link TaskRejectedException} that says what to do instead; tasks that are
 * serializable are run.
 */
public class OffloadTaskExecutor implements AsyncTaskExecutor {

	private final OffloadExecutor executor;

	private final ExecutorService service;

	/**
	 * Creates one.
	 * @param executor the executor that runs its tasks, which stays open when others stop
	 */
	public OffloadTaskExecutor(OffloadExecutor executor) {
		this.executor = executor;
		this.service = OffloadExecutors.asExecutorService(executor);
	}

	@Override
	public void execute(Runnable task) {
		accepted(task, () -> {
			this.service.execute(task);
			return this;
		});
	}

	@Override
	public Future<?> submit(Runnable task) {
		return this.<Future<?>>accepted(task, () -> this.service.submit(task));
	}

	@Override
	public <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
		return accepted(task, () -> this.service.submit(task));
	}

	@Override
	@SuppressWarnings("unchecked")
	public CompletableFuture<Void> submitCompletable(Runnable task) {
		return (CompletableFuture<Void>) submit(task);
	}

	// The service gives the future of the task, which is one of these.
	@Override
	public <T extends @Nullable Object> CompletableFuture<T> submitCompletable(Callable<T> task) {
		return (CompletableFuture<T>) submit(task);
	}

	private <F> F accepted(Object task, Supplier<F> submission) {
		try {
			return submission.get();
		}
		catch (RejectedExecutionException ex) {
			throw new TaskRejectedException(String.valueOf(ex.getMessage()), ex);
		}
		catch (PayloadException ex) {
			throw new TaskRejectedException(cannotTravel(task, ex), ex);
		}
	}

	private String cannotTravel(Object task, PayloadException failure) {
		String name = this.executor.name();
		String type = this.executor.spec().type();
		String why = type.equals(ExecutorSpec.PROCESS) ? "runs its tasks in worker processes"
				: "sends its tasks as worker processes get them";
		return "Executor '" + name + "' of type " + type + " " + why + ", and a " + task.getClass().getName()
				+ " cannot be sent there: that is what @Async, Spring MVC and the like make. Annotate the method with "
				+ "@OffloadTo(\"" + name + "\") instead, or use an executor of type thread. " + failure.getMessage();
	}

	@Override
	public String toString() {
		return "Task executor of " + this.executor;
	}

}
