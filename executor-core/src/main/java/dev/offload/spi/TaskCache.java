package dev.offload.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import dev.offload.TaskRecord;

/**
 * Keeps in memory the last tasks whose callers have handles only, with their results, by
 * their ids and within bounds. The one that was kept first goes first, whether it is one
 * too many, its time is over, or the results are too large together: then it loses its
 * result and keeps its record. Safe for use by many threads.
 */
public interface TaskCache {

	/**
	 * Keeps a task in place of the one of its id, as the newest.
	 * @param task the task
	 * @param resultBytes how large its result is, at most what all results may be
	 */
	void add(StoredTask task, long resultBytes);

	/**
	 * Finds a task.
	 * @param id its id
	 * @return the task, with its result where that is kept, or empty
	 */
	Optional<StoredTask> find(String id);

	/**
	 * All tasks.
	 * @return a copy, in no order
	 */
	List<TaskRecord> all();

	/**
	 * Forgets tasks.
	 * @param condition which
	 */
	void removeIf(Predicate<TaskRecord> condition);

	/**
	 * Removes the tasks whose time is over, with their results, so that these leave the
	 * memory though nobody asks for any. {@code MemoryTaskStore} sees to it that somebody
	 * comes in time: no cache needs a thread of its own.
	 * @return how many nanoseconds until there is more to remove, 0 if there is nothing
	 */
	long removeOver();

	/**
	 * How large the results are that are kept.
	 * @return the bytes, about
	 */
	long resultBytes();

	/**
	 * How much is kept, and how long.
	 *
	 * @param maxRecords how many tasks at most
	 * @param resultTtl how long, zero for as long as there is room
	 * @param maxTotalResultBytes how large all results may be together
	 * @param nanoTime the clock
	 */
	record Bounds(int maxRecords, Duration resultTtl, long maxTotalResultBytes, LongSupplier nanoTime) {

	}

}
