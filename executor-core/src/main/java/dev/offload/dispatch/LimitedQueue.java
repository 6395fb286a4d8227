package dev.offload.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.ConcurrencyLimit;

/**
 * The tasks that wait: those that may have the next slot, in their order, and apart from
 * them those of whose kind as many run as may. Not safe for use by many threads: the
 * dispatcher guards it.
 */
final class LimitedQueue {

	private final TaskQueue ready = new TaskQueue();

	/** Those with tasks in a slot or waiting; empty where no task has such a limit. */
	private final Map<String, Kind> kinds = new HashMap<>();

	/** How many wait for one of their kind to end. */
	private int held;

	/**
	 * Adds a task. While its kind has no room it lets others pass; but it goes before a
	 * less urgent one of its kind that has not begun.
	 * @param task the task
	 */
	void add(PendingTask task) {
		ConcurrencyLimit limit = task.waitLimit();
		if (limit == null) {
			this.ready.add(task);
			return;
		}
		Kind kind = kind(limit);
		PendingTask last = kind.ready().isEmpty() ? null : kind.ready().last();
		if (last != null && !kind.hasRoom() && TaskQueue.compare(task, last) < 0) {
			kind.ready().remove(last);
			this.ready.remove(last);
			hold(kind, last);
			makeReady(kind, task);
			return;
		}
		hold(kind, task);
		refill(kind);
	}

	private Kind kind(ConcurrencyLimit limit) {
		Kind kind = this.kinds.computeIfAbsent(limit.key(), (key) -> new Kind());
		kind.limit(limit.max());
		return kind;
	}

	private void hold(Kind kind, PendingTask task) {
		kind.held().add(task);
		this.held++;
	}

	private void makeReady(Kind kind, PendingTask task) {
		kind.ready().add(task);
		this.ready.add(task);
	}

	// Whether one that was held may have a slot now.
	private boolean refill(Kind kind) {
		boolean some = false;
		while (kind.hasRoom()) {
			PendingTask next = kind.held().poll();
			if (next == null) {
				return some;
			}
			this.held--;
			makeReady(kind, next);
			some = true;
		}
		return some;
	}

	// Whether a task that does not wait may have a slot at once.
	boolean admits(PendingTask task) {
		ConcurrencyLimit limit = task.waitLimit();
		if (limit == null) {
			return true;
		}
		Kind kind = kind(limit);
		// Others wait, and there is room, only where it was made by this one's limit.
		return kind.hasRoom() && kind.held().isEmpty();
	}

	// The one who takes it says next that it has begun, or was passed over.
	@Nullable PendingTask poll() {
		PendingTask task = this.ready.poll();
		Kind kind = (task != null) ? kindOf(task) : null;
		if (kind != null) {
			kind.ready().remove(task);
		}
		return task;
	}

	void passedOver(PendingTask task) {
		Kind kind = kindOf(task);
		if (kind != null) {
			refill(kind);
			forgetUnused(task, kind);
		}
	}

	void began(PendingTask task) {
		ConcurrencyLimit limit = task.waitLimit();
		if (limit != null) {
			Kind kind = this.kinds.get(limit.key());
			((kind != null) ? kind : kind(limit)).began();
		}
	}

	/**
	 * A task has left its slot.
	 * @param task the task
	 * @return whether another one may have a slot for it
	 */
	boolean ended(PendingTask task) {
		Kind kind = kindOf(task);
		if (kind == null) {
			return false;
		}
		kind.ended();
		boolean some = refill(kind);
		forgetUnused(task, kind);
		return some;
	}

	// A task comes back from a slot that never got it, before any of its kind that is
	// less urgent.
	void addAgain(PendingTask task) {
		Kind kind = kindOf(task);
		if (kind != null) {
			kind.ended();
		}
		add(task);
	}

	// Whether another one waits for this one to end.
	boolean isAwaited(PendingTask running) {
		Kind kind = kindOf(running);
		return kind != null && !kind.held().isEmpty();
	}

	private @Nullable Kind kindOf(PendingTask task) {
		ConcurrencyLimit limit = task.waitLimit();
		return (limit != null) ? this.kinds.get(limit.key()) : null;
	}

	private void forgetUnused(PendingTask task, Kind kind) {
		ConcurrencyLimit limit = task.waitLimit();
		if (limit != null && kind.isUnused()) {
			this.kinds.remove(limit.key());
		}
	}

	boolean remove(PendingTask task) {
		Kind kind = kindOf(task);
		if (kind == null) {
			return this.ready.remove(task);
		}
		boolean there = this.ready.remove(task);
		if (there) {
			kind.ready().remove(task);
			refill(kind);
		}
		else if (kind.held().remove(task)) {
			this.held--;
			there = true;
		}
		forgetUnused(task, kind);
		return there;
	}

	List<PendingTask> clear() {
		List<PendingTask> all = new ArrayList<>(this.ready.clear());
		for (Kind kind : this.kinds.values()) {
			kind.ready().clear();
			all.addAll(kind.held().clear());
		}
		this.kinds.values().removeIf(Kind::isUnused);
		this.held = 0;
		return all;
	}

	Stream<PendingTask> stream() {
		return Stream.concat(this.ready.stream(), this.kinds.values().stream().flatMap((kind) -> kind.held().stream()));
	}

	// Whether none may have a slot.
	boolean isIdle() {
		return this.ready.isEmpty();
	}

	// How many may have a slot.
	int ready() {
		return this.ready.size();
	}

	int size() {
		return this.ready.size() + this.held;
	}

}
