package dev.offload.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait, first in first out; each can be taken out in constant time. Not
 * safe for use by many threads: the dispatcher guards it.
 */
final class TaskQueue {

	private final Set<PendingTask> waiting = new LinkedHashSet<>();

	/** Tasks that came back from a slot that never got them: they go first. */
	private final Deque<PendingTask> returned = new ArrayDeque<>();

	void add(PendingTask task) {
		this.waiting.add(task);
	}

	void putBack(PendingTask task) {
		this.returned.addFirst(task);
	}

	@Nullable PendingTask poll() {
		PendingTask first = this.returned.pollFirst();
		if (first != null) {
			return first;
		}
		Iterator<PendingTask> tasks = this.waiting.iterator();
		if (!tasks.hasNext()) {
			return null;
		}
		PendingTask next = tasks.next();
		tasks.remove();
		return next;
	}

	boolean remove(PendingTask task) {
		return this.waiting.remove(task) || this.returned.remove(task);
	}

	List<PendingTask> clear() {
		List<PendingTask> all = new ArrayList<>(this.returned);
		all.addAll(this.waiting);
		this.returned.clear();
		this.waiting.clear();
		return all;
	}

	Stream<PendingTask> stream() {
		return Stream.concat(this.returned.stream(), this.waiting.stream());
	}

	boolean isEmpty() {
		return this.waiting.isEmpty() && this.returned.isEmpty();
	}

	int size() {
		return this.waiting.size() + this.returned.size();
	}

}
