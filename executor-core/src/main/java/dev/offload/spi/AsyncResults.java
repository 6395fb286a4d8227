package dev.offload.spi;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskHandle;

/**
 * Methods that return futures or handles: the value of the future is their result.
 */
public final class AsyncResults {

	private AsyncResults() {
	}

	/**
	 * Whether a method of that return type does not wait.
	 * @param returnType the declared return type
	 * @return {@code true} for {@link Future}, {@link CompletionStage} and their kinds
	 */
	public static boolean isAsync(Class<?> returnType) {
		return Future.class.isAssignableFrom(returnType) || CompletionStage.class.isAssignableFrom(returnType);
	}

	/**
	 * Waits for the value if the result is a future or a {@link TaskHandle}, where the
	 * task runs: under its slot and its limits.
	 * @param result what the method returned
	 * @return the value
	 * @throws Throwable what the future failed with
	 */
	public static @Nullable Object await(@Nullable Object result) throws Throwable {
		Object future = (result instanceof TaskHandle<?> handle) ? handle.future()
				: (result instanceof CompletionStage<?> stage) ? stage.toCompletableFuture() : result;
		if (!(future instanceof Future<?> pending)) {
			return result;
		}
		try {
			return pending.get();
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw (cause != null) ? cause : ex;
		}
	}

}
