package dev.offload;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list, the newest first.
 *
 * @param executor only those of this executor, {@code null} for all
 * @param label only those with this label, {@code null} for all
 * @param statuses only those that stand so, empty for all
 * @param offset how many to pass over, from 0
 * @param limit how many to list at most, from 1 to {@value #MAX_LIMIT}
 */
public record TaskQuery(@Nullable String executor, @Nullable String label, Set<TaskStatus> statuses, int offset,
		int limit) {

	/**
	 * The most tasks that are listed at a time.
	 */
	public static final int MAX_LIMIT = 1000;

	/**
	 * The newest hundred of all tasks.
	 */
	public static final TaskQuery ALL = new TaskQuery(null, null, Set.of(), 0, 100);

	public TaskQuery {
		statuses = Set.copyOf(statuses);
		if (offset < 0) {
			throw new IllegalArgumentException("offset must be 0 or more, but is " + offset);
		}
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT + ", but is " + limit);
		}
	}

	/**
	 * A copy for one executor.
	 * @param value its name
	 * @return the copy
	 */
	public TaskQuery ofExecutor(String value) {
		return new TaskQuery(value, this.label, this.statuses, this.offset, this.limit);
	}

	/**
	 * A copy for one label.
	 * @param value the label
	 * @return the copy
	 */
	public TaskQuery withLabel(String value) {
		return new TaskQuery(this.executor, value, this.statuses, this.offset, this.limit);
	}

	/**
	 * A copy for tasks that stand so.
	 * @param values the statuses
	 * @return the copy
	 */
	public TaskQuery withStatus(TaskStatus... values) {
		return new TaskQuery(this.executor, this.label, Set.of(values), this.offset, this.limit);
	}

	/**
	 * A copy for another page.
	 * @param first how many tasks to pass over
	 * @param size how many to list at most
	 * @return the copy
	 */
	public TaskQuery page(int first, int size) {
		return new TaskQuery(this.executor, this.label, this.statuses, first, size);
	}

	/**
	 * Whether a task is asked for, whatever its page.
	 * @param task the task
	 * @return {@code true} if it is
	 */
	public boolean matches(TaskRecord task) {
		return (this.executor == null || this.executor.equals(task.executor()))
				&& (this.label == null || this.label.equals(task.label()))
				&& (this.statuses.isEmpty() || this.statuses.contains(task.status()));
	}

}
