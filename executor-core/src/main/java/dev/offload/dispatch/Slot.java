package dev.offload.dispatch;

/**
 * A place where one task can run at a time. The dispatcher gives it a task only while it
 * is free, and is told of the end through the {@link SlotListener}.
 */
public interface Slot {

	/**
	 * Begins to run a task, on whatever thread. Must not throw.
	 * @param task the task
	 */
	void start(PendingTask task);

	/**
	 * The caller of a task that runs here waits for its outcome, on this thread. The slot
	 * may have it read the answer itself, which saves waking two threads; where it
	 * returns before the task is settled, the caller goes on waiting. Must not throw. An
	 * interrupt ends it and stays set.
	 * @param task the task
	 */
	default void awaitHere(PendingTask task) {
	}

	/**
	 * Interrupts the task if it still runs here. Must not block nor throw. Where its time
	 * is up, the slot may say where it {@linkplain PendingTask#trace was}.
	 * @param task the task
	 * @param reason why
	 */
	void interrupt(PendingTask task, StopReason reason);

	/**
	 * The task was interrupted a while ago, and may be ended by force later. If it still
	 * runs here, the slot may have another one made ready in its place. Must not block
	 * nor throw.
	 * @param task the task
	 */
	default void overdue(PendingTask task) {
	}

	/**
	 * Ends the task by force if it still runs here. Must not block nor throw. Where that
	 * cannot be done, it does nothing: the slot stays taken until the task ends by
	 * itself.
	 * @param task the task
	 * @param reason why
	 */
	void kill(PendingTask task, StopReason reason);

	/**
	 * The process that runs it.
	 * @return the process id, {@code -1} if it runs in this JVM
	 */
	long pid();

}
