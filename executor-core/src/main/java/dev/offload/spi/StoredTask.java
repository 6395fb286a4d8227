package dev.offload.spi;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskRecord;

/**
 * A task with its result.
 *
 * @param task what is known of it
 * @param hasResult whether its result is kept; only where it has succeeded
 * @param result its result, if that is kept
 */
public record StoredTask(TaskRecord task, boolean hasResult, @Nullable Object result) {

	/**
	 * A task without a result.
	 * @param task what is known of it
	 */
	public StoredTask(TaskRecord task) {
		this(task, false, null);
	}

}
