package dev.offload.dispatch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among tasks that wait with one priority: those of one fair key keep
 * their order, and the keys take turns, one task each. Not safe for use by many threads.
 */
final class FairTurns {

	/** By priority, then by key; the keys of each in the order of their turns. */
	private final Map<Integer, LinkedHashMap<@Nullable String, TreeSet<PendingTask>>> levels = new HashMap<>();

	// A key that had nothing waiting has its turn after those that had.
	void add(PendingTask task) {
		this.levels.computeIfAbsent(task.priority(), (priority) -> new LinkedHashMap<>())
			.computeIfAbsent(task.fairKey(), (key) -> new TreeSet<>(TaskQueue::compare))
			.add(task);
	}

	// Takes the task whose turn it is, of those that have the priority of the given one.
	PendingTask takeInsteadOf(PendingTask mostUrgent) {
		LinkedHashMap<@Nullable String, TreeSet<PendingTask>> level = this.levels.get(mostUrgent.priority());
		if (level == null) {
			throw new IllegalStateException("No turn of " + mostUrgent);
		}
		Map.Entry<@Nullable String, TreeSet<PendingTask>> turn = level.entrySet().iterator().next();
		String key = turn.getKey();
		TreeSet<PendingTask> tasks = turn.getValue();
		PendingTask taken = tasks.first();
		tasks.remove(taken);
		level.remove(key);
		if (!tasks.isEmpty()) {
			level.put(key, tasks);
		}
		else if (level.isEmpty()) {
			this.levels.remove(mostUrgent.priority());
		}
		return taken;
	}

	void remove(PendingTask task) {
		LinkedHashMap<@Nullable String, TreeSet<PendingTask>> level = this.levels.get(task.priority());
		TreeSet<PendingTask> tasks = (level != null) ? level.get(task.fairKey()) : null;
		if (level == null || tasks == null) {
			return;
		}
		tasks.remove(task);
		if (tasks.isEmpty()) {
			level.remove(task.fairKey());
		}
		if (level.isEmpty()) {
			this.levels.remove(task.priority());
		}
	}

	void clear() {
		this.levels.clear();
	}

}
