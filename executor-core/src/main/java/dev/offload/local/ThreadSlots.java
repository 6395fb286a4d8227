package dev.offload.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

import dev.offload.dispatch.SlotListener;
import dev.offload.dispatch.WorkRunner;

/**
 * The slots of an executor of threads, as many as it may have workers now. Safe for use
 * by many threads.
 */
final class ThreadSlots {

	private final SlotListener listener;

	private final WorkRunner runner;

	private final TaskThreads threads;

	private final IntSupplier limit;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final Set<ThreadSlot> slots = new LinkedHashSet<>();

	/** Guarded by the lock. */
	private int wanted;

	/**
	 * Creates one.
	 * @param listener told of slots that are free
	 * @param runner runs the work of tasks
	 * @param threads the threads that do so
	 * @param limit how many slots there may be now
	 */
	ThreadSlots(SlotListener listener, WorkRunner runner, TaskThreads threads, IntSupplier limit) {
		this.listener = listener;
		this.runner = runner;
		this.threads = threads;
		this.limit = limit;
	}

	// Has as many as the limit says from now on; those too many go after their tasks.
	void resize() {
		List<ThreadSlot> added = new ArrayList<>();
		this.lock.lock();
		try {
			// read under the lock, so that of two changes the later one counts
			int number = this.limit.getAsInt();
			this.wanted = number;
			while (this.slots.size() < number) {
				ThreadSlot slot = new ThreadSlot(this.listener, this.runner, this.threads, this);
				this.slots.add(slot);
				added.add(slot);
			}
			withdrawSurplus();
		}
		finally {
			this.lock.unlock();
		}
		added.forEach(this.listener::offer);
		trim();
	}

	// Takes away idle slots that are too many. Called after slots became idle: while they
	// were on their way there, a change could not take them.
	void trim() {
		this.lock.lock();
		try {
			withdrawSurplus();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Only with the lock.
	private void withdrawSurplus() {
		if (this.slots.size() <= this.wanted) {
			return;
		}
		for (ThreadSlot slot : List.copyOf(this.slots)) {
			if (this.slots.size() > this.wanted && this.listener.withdraw(slot)) {
				this.slots.remove(slot);
			}
		}
	}

	// Whether a slot whose task has ended may take another.
	boolean keeps(ThreadSlot slot) {
		this.lock.lock();
		try {
			return this.slots.size() <= this.wanted || !this.slots.remove(slot);
		}
		finally {
			this.lock.unlock();
		}
	}

}
