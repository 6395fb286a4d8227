package dev.offload.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
	 * Lists tasks, the newest first, without some of which there is news elsewhere, such
	 * as those whose ids are in use again. Not called where {@link #savesUnfinished()}.
	 * <p>
	 * By default it reads all pages up to the one that was asked for, and counts the
	 * hidden ones of those; a store that can leave them out itself does so.
	 * @param query which
	 * @param hidden says which are left out and not counted
	 * @return those of the page that was asked for
	 */
	default TaskPage list(TaskQuery query, Predicate<TaskRecord> hidden) {
		List<TaskRecord> seen = new ArrayList<>();
		long last = (long) query.offset() + query.limit();
		int read = 0;
		int left = 0;
		TaskPage page;
		do {
			page = list(query.page(read, TaskQuery.MAX_LIMIT));
			read += page.tasks().size();
			page.tasks().stream().filter(hidden.negate()).forEach(seen::add);
			left = read - seen.size();
		}
		while (seen.size() < last && !page.tasks().isEmpty() && read < page.total());
		int first = Math.min(query.offset(), seen.size());
		return new TaskPage(seen.subList(first, (int) Math.min(last, seen.size())), page.total() - left);
	}

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
