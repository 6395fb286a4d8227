package dev.offload.dispatch;

import dev.offload.TaskProgress;

/**
 * Told by slots what becomes of their tasks.
 */
public interface SlotListener {

	/**
	 * A task has said how far it is, which its submission knows.
	 * @param task the task, which runs
	 * @param progress how far
	 */
	default void progressed(PendingTask task, TaskProgress progress) {
	}

	/**
	 * A task has ended and its slot is free: the slot gets the next task before this one
	 * is settled.
	 * @param slot the slot
	 * @param task the task that it ran
	 * @param outcome how it ended
	 */
	void ended(Slot slot, PendingTask task, Outcome outcome);

	/**
	 * As {@link #ended}, but only where no other task waits for the slot: then nothing is
	 * written, so that the caller of the task may do it itself.
	 * @param slot the slot
	 * @param task the task that it ran
	 * @param outcome how it ended
	 * @return {@code false} if a task waits, and nothing was done
	 */
	default boolean endedIdle(Slot slot, PendingTask task, Outcome outcome) {
		return false;
	}

	/**
	 * A task has ended and its slot is gone.
	 * @param task the task
	 * @param outcome how it ended, unless it was told to stop before
	 */
	void lost(PendingTask task, Outcome outcome);

	/**
	 * Nothing of a task could be handed over and its slot is gone: it waits again, before
	 * all others.
	 * @param task the task
	 */
	void unsent(PendingTask task);

	/**
	 * A new or free slot takes tasks.
	 * @param slot the slot
	 */
	void offer(Slot slot);

	/**
	 * Takes a slot away if it is free.
	 * @param slot the slot
	 * @return {@code true} if it was free, and will get no more tasks
	 */
	boolean withdraw(Slot slot);

}
