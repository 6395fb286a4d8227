package dev.offload.batch;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.Task;
import dev.offload.TaskHandle;
import dev.offload.TaskOptions;

/**
 * The executor of a batch, as the batch sees it.
 */
public interface BatchTarget {

	/**
	 * The settings of the executor.
	 * @return the settings
	 */
	ExecutorSpec spec();

	/**
	 * A number that no other batch of the executor has.
	 * @return the number
	 */
	String nextId();

	/**
	 * Submits work by whatever the executor does when it has no room. Called on the
	 * thread that makes the batch.
	 * @param work the work
	 * @param options its options
	 * @return its handle
	 */
	TaskHandle<?> submit(BatchWork work, TaskOptions options);

	/**
	 * Submits work if there is room now. It never waits, and never runs it on this thread
	 * for want of room.
	 * @param work the work
	 * @param options its options
	 * @param whenRoom run once when there may be room, if there is none now
	 * @return its handle, {@code null} if there is no room
	 */
	@Nullable TaskHandle<?> offer(BatchWork work, TaskOptions options, Runnable whenRoom);

	/**
	 * Runs what belongs to no task on a thread that the executor has for futures.
	 * @param action the action
	 */
	void execute(Runnable action);

	/**
	 * What one task of a batch does: one of the two.
	 *
	 * @param task a task that was given as such
	 * @param calls the calls of a chunk
	 */
	record BatchWork(@Nullable Task<?> task, @Nullable Invocation calls) {

	}

}
