package dev.offload.pool;

import dev.offload.dispatch.PendingTask;

/**
 * Told by the slots of a worker what the pool must act on.
 */
interface SlotEvents {

	// A slot of a worker was given a task.
	void taskTaken(Worker worker);

	// A task of a worker goes on though it was interrupted: the worker may be lost soon.
	void overdue(Worker worker);

	// A task that was overdue has ended by itself.
	void recovered(Worker worker);

	/**
	 * A task has left a slot.
	 * @param worker the worker of the slot
	 * @param slot the slot
	 * @return {@code true} if the slot may take another
	 */
	boolean taskLeft(Worker worker, ProcessSlot slot);

	// A slot was given back, and may be idle now.
	void offered(Worker worker, ProcessSlot slot);

	// The time of a task is up: it is to be interrupted, and where it is to be told.
	void limitReached(Worker worker, ProcessSlot slot, PendingTask task);

	// A connection of a worker failed: the worker is dead or must be.
	void connectionLost(Worker worker, Throwable cause);

	/**
	 * Does something a little later, on the thread of all limits.
	 * @param action what to do; must not block
	 */
	void later(Runnable action);

}
