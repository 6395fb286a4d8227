package dev.offload;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A submitted task. Safe for use by many threads.
 *
 * @param <T> the type of the result
 */
public interface TaskHandle<T extends @Nullable Object> {

	/**
	 * The id given with the submission or generated, unique in the executor.
	 * @return the id
	 */
	String id();

	/**
	 * The name used in messages and logs.
	 * @return the label
	 */
	String label();

	/**
	 * Where the task stands now.
	 * @return the status
	 */
	TaskStatus status();

	/**
	 * What is known of the task now.
	 * @return the record
	 */
	TaskRecord record();

	/**
	 * How far the task says it is.
	 * @return the last that was heard, or empty
	 */
	default Optional<TaskProgress> progress() {
		return Optional.ofNullable(record().progress());
	}

	/**
	 * The result to come. It ends with the task's own exception or an
	 * {@link OffloadException}; cancelling it cancels the task. Its dependents run on the
	 * executor's completion threads, never on a thread that the pool needs, so they may
	 * wait for the same executor.
	 * @return the future, the same each time
	 */
	CompletableFuture<T> future();

	/**
	 * Cancels the task: a waiting one never runs; a running one is interrupted and, where
	 * it runs in a worker process, killed with its worker when it does not end within the
	 * executor's {@code kill-grace}.
	 * @return {@code true} if the task ends as cancelled, {@code false} if it had ended
	 */
	boolean cancel();

	/**
	 * The handle of something that has succeeded already: what a method returns whose
	 * callers get the handle of its task.
	 * @param <T> the type of the result
	 * @param value the result
	 * @return the handle
	 */
	static <T extends @Nullable Object> TaskHandle<T> completed(T value) {
		return new CompletedTask<>(value);
	}

}
