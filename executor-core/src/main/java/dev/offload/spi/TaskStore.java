package dev.offload.spi;

import java.util.Optional;

import dev.offload.TaskPage;
import dev.offload.TaskQuery;
import dev.offload.TaskRecord;
import dev.offload.TaskStoreTrouble;

/**
 * Keeps the records of tasks, and results. Safe for use by many threads.
 * <p>
 * {@link #save} is called by the threads that carry tasks: it is quick, and does no I/O;
 * a store that writes somewhere does so on a thread of its own, and what it has not
 * written yet is found all the same. What a store throws is reported, and no task fails
 * by it.
 */
public interface TaskStore extends AutoCloseable {

	/**
	 * Keeps a task, in place of what was kept under its id; but one that was refused does
	 * not take the place of one that was not. Called when it is submitted, refused,
	 * handed over, to be tried again, and when it has ended: before its caller hears of
	 * that.
	 * @param task the task
	 */
	void save(StoredTask task);

	/**
	 * Whether tasks are to be saved also before they have ended. Only what outlives the
	 * service needs that: executors know what waits and runs in them.
	 * @return {@code false} by default
	 */
	default boolean savesUnfinished() {
		return false;
	}

	/**
	 * Finds a task.
	 * @param id its id
	 * @return the task, with its result where that is kept, or empty
	 */
	Optional<StoredTask> find(String id);

	/**
	 * Finds a task without its result, which a store may leave unread.
	 * @param id its id
	 * @return what is known of the task, or empty
	 */
	default Optional<TaskRecord> findRecord(String id) {
		return find(id).map(StoredTask::task);
	}

	/**
	 * Lists tasks, the newest first.
	 * @param query which
	 * @return those of the page that was asked for
	 */
	TaskPage list(TaskQuery query);

	/**
	 * Forgets tasks that have ended.
	 * @param query which; its page is not heeded
	 * @return how many were forgotten
	 */
	long clear(TaskQuery query);

	/**
	 * Tells whether it cannot keep or read tasks now, where it knows that though
	 * {@link #save} throws nothing. Does no I/O and does not wait.
	 * @return what is wrong, or empty
	 */
	default Optional<TaskStoreTrouble> trouble() {
		return Optional.empty();
	}

	/**
	 * Writes what is not written yet, and releases what the store holds.
	 */
	@Override
	default void close() {
	}

}
