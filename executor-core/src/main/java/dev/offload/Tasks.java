package dev.offload;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of all executors of a registry, by their ids: those that wait and run, and
 * those that have ended and whose records are kept still. Safe for use by many threads.
 */
public interface Tasks {

	/**
	 * Finds a task.
	 * @param id its id
	 * @return what is known of it, or empty
	 */
	Optional<TaskRecord> find(String id);

	/**
	 * Returns a task that must be there.
	 * @param id its id
	 * @return what is known of it
	 * @throws UnknownTaskException if it is not known, or not any more
	 */
	TaskRecord require(String id);

	/**
	 * Waits for the end of a task.
	 * @param id its id
	 * @param limit how long to wait at most
	 * @return what is known of it then: its status is final, unless the time was up
	 * @throws UnknownTaskException if it is not known, or not any more
	 * @throws InterruptedException if this thread is interrupted; the task goes on
	 */
	TaskRecord await(String id, Duration limit) throws InterruptedException;

	/**
	 * The result of a task that has succeeded. Results are kept of tasks that were
	 * submitted, not of those whose callers waited.
	 * @param id its id
	 * @return the result
	 * @throws UnknownTaskException if the task is not known, or its result is not kept
	 * @throws IllegalStateException if the task has not succeeded; the message says where
	 * it stands
	 */
	@Nullable Object result(String id);

	/**
	 * Lists tasks, the newest first.
	 * @param query which
	 * @return those of the page that was asked for
	 */
	TaskPage list(TaskQuery query);

	/**
	 * Cancels a task that waits, runs, or is to be tried again.
	 * @param id its id
	 * @return {@code true} if it ends as cancelled, {@code false} if it had ended
	 * @throws UnknownTaskException if it is not known, or not any more
	 */
	boolean cancel(String id);

	/**
	 * Forgets tasks that have ended.
	 * @param query which; its page is not heeded
	 * @return how many were forgotten
	 */
	long clear(TaskQuery query);

	/**
	 * How often the store failed to save a task, which failed no task.
	 * @return the count
	 */
	long storeFailures();

	/**
	 * Whether the store cannot keep tasks now, which fails no task.
	 * @return what is wrong since when, or empty if it kept the last task that ended, or
	 * none is asked to
	 */
	Optional<TaskStoreTrouble> storeTrouble();

}
