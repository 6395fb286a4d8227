package dev.offload.spi;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskRecord;

/**
 * A task with its result.
 *
 * @param task what is known of it
 * @param hasResult whether its result is kept; only where it has succeeded
 * @param result its result, if that is kept
 * @param awaited whether somebody waited for its end, or it was refused, so that nobody
 * is likely to ask for it later; there may be very many of these
 */
public record StoredTask(TaskRecord task, boolean hasResult, @Nullable Object result, boolean awaited) {

	/**
	 * Makes a task with what is kept of it: a result that is not kept is not held.
	 */
	public StoredTask {
		result = hasResult ? result : null;
	}

	/**
	 * A task without a result.
	 * @param task what is known of it
	 */
	public StoredTask(TaskRecord task) {
		this(task, false, null);
	}

	/**
	 * A task whose caller has a handle only.
	 * @param task what is known of it
	 * @param hasResult whether its result is kept; only where it has succeeded
	 * @param result its result, if that is kept
	 */
	public StoredTask(TaskRecord task, boolean hasResult, @Nullable Object result) {
		this(task, hasResult, result, false);
	}

}
