package dev.offload.spring.test;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import dev.offload.Invocation;
import dev.offload.spring.reactive.ReactiveMethod;

/**
 * A task that was given to an executor. Safe for use by many threads.
 */
public final class RecordedTask {

	private final String executor;

	private final @Nullable String method;

	private final @Nullable Object[] arguments;

	// Set once, by the thread that submits.
	private volatile CompletableFuture<?> outcome = new CompletableFuture<>();

	private RecordedTask(String executor, @Nullable String method, @Nullable Object[] arguments) {
		this.executor = executor;
		this.method = method;
		this.arguments = arguments.clone();
	}

	static RecordedTask of(String executor, @Nullable Object work) {
		if (work instanceof Invocation invocation) {
			// How the caller of a suspend function goes on is no argument of its own.
			int parameters = ReactiveMethod.parameterCount(invocation.method());
			return of(executor, invocation.method().getName(), Arrays.copyOf(invocation.arguments(), parameters));
		}
		return of(executor, null, new Object[0]);
	}

	static RecordedTask of(String executor, @Nullable String method, @Nullable Object[] arguments) {
		return new RecordedTask(executor, method, arguments);
	}

	void endsWith(CompletableFuture<?> outcome) {
		this.outcome = outcome;
	}

	void succeeded() {
		endsWith(CompletableFuture.completedFuture(null));
	}

	void failed(Throwable failure) {
		endsWith(CompletableFuture.failedFuture(failure));
	}

	/**
	 * The executor that it was given to.
	 * @return the name of the executor
	 */
	public String executor() {
		return this.executor;
	}

	/**
	 * The method that was called.
	 * @return its name, or {@code null} if the task is a lambda
	 */
	public @Nullable String method() {
		return this.method;
	}

	/**
	 * The arguments of the method, which are not copied themselves.
	 * @return a copy of the array, empty if the task is a lambda
	 */
	public @Nullable Object[] arguments() {
		return this.arguments.clone();
	}

	/**
	 * Whether it has come to its end, well or not.
	 * @return {@code true} if it has
	 */
	public boolean isDone() {
		return this.outcome.isDone();
	}

	/**
	 * What it failed with.
	 * @return the failure as its caller got it, or {@code null} if it has none so far
	 */
	public @Nullable Throwable failure() {
		if (!this.outcome.isCompletedExceptionally()) {
			return null;
		}
		try {
			this.outcome.join();
			return null;
		}
		catch (CancellationException ex) {
			return ex;
		}
		catch (CompletionException ex) {
			return (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	@Override
	public String toString() {
		String call = (this.method != null) ? this.method + Arrays.deepToString(this.arguments) : "a task";
		return "'" + this.executor + "': " + call + ", " + outcomeText();
	}

	private String outcomeText() {
		if (!isDone()) {
			return "not ended";
		}
		Throwable failure = failure();
		return (failure != null) ? "failed with " + failure : "succeeded";
	}

}
