package dev.offload.dispatch;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tasks of one kind, of which only so many may be in slots. Not safe for use by many
 * threads: the dispatcher guards it.
 */
final class Kind {

	/** What was submitted last counts. */
	private int max;

	private int running;

	/** Those that wait for nothing but a slot. */
	private final SortedSet<PendingTask> ready = new TreeSet<>(TaskQueue::compare);

	/** Those that wait for one of their kind to end. */
	private final TaskQueue held = new TaskQueue();

	void limit(int value) {
		this.max = value;
	}

	boolean hasRoom() {
		return this.running + this.ready.size() < this.max;
	}

	boolean isUnused() {
		return this.running == 0 && this.ready.isEmpty() && this.held.isEmpty();
	}

	TaskQueue held() {
		return this.held;
	}

	SortedSet<PendingTask> ready() {
		return this.ready;
	}

	void began() {
		this.running++;
	}

	void ended() {
		this.running--;
	}

}
