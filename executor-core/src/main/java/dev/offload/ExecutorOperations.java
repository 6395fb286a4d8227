package dev.offload;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What an operator can do with an executor while it works. Each operation is safe under
 * load and for use by many threads; none loses a task. One that an executor's type does
 * not have throws an {@link UnsupportedOperationException} that says why.
 */
public interface ExecutorOperations {

	/**
	 * Changes how many workers there may be: the short form of a {@linkplain #change
	 * change} of {@code max-workers}.
	 * @param maxWorkers the number, at least 1
	 * @throws InvalidSettingException if it is less, or less than {@code min-workers} or
	 * {@code spare-workers}
	 */
	void resize(int maxWorkers);

	/**
	 * Changes limits: all that are given, or none. A task keeps the limits of time with
	 * which it was accepted, whether it waits or runs; nothing that was accepted is
	 * refused afterwards. {@link OffloadExecutor#spec()} stays as it was;
	 * {@link ExecutorSnapshot#limits()} tells what is in force.
	 * @param limits the limits; those absent stay as they are
	 * @throws InvalidSettingException if one is wrong, by itself or with those that stay
	 * @throws UnsupportedOperationException if the type of the executor does not have one
	 * of them, and always by default
	 */
	default void change(ExecutorLimits limits) {
		throw new UnsupportedOperationException("This executor cannot change its limits while it works");
	}

	/**
	 * Starts no more tasks: those accepted wait, as those that come do, up to
	 * {@code max-pending} and each for its {@code queue-timeout}. Those that run go on.
	 */
	void pause();

	/**
	 * Starts tasks again. Draining and closing do so too.
	 */
	void resume();

	/**
	 * Replaces every worker that is there now, one after the other; each goes on until
	 * its replacement is ready, and then ends after the tasks that it runs. Does not
	 * wait.
	 */
	void recycle();

	/**
	 * Replaces one worker in the same way. Does not wait.
	 * @param worker its number, as in {@link WorkerSnapshot#number()}
	 * @return {@code false} if it is not there, is not ready yet or ends anyway
	 */
	boolean recycle(int worker);

	/**
	 * Cancels a task as {@link TaskHandle#cancel()} does: one that waits never runs, one
	 * that runs is interrupted and, in a worker process, killed with its worker when it
	 * does not end within {@code kill-grace}. Its future is cancelled.
	 * @param taskId the id of the task
	 * @return {@code false} if no task of that id waits or runs
	 * @throws UnsupportedOperationException always by default
	 */
	default boolean cancel(String taskId) {
		throw new UnsupportedOperationException("This executor cannot cancel tasks by their ids");
	}

	/**
	 * Ends a task at once: one that waits never runs, one that runs is killed with its
	 * worker without any grace. Its future is cancelled. A thread cannot be killed; its
	 * task is interrupted.
	 * @param taskId the id of the task
	 * @return {@code false} if no task of that id waits or runs
	 */
	boolean kill(String taskId);

	/**
	 * The work that is refused because it has crashed too many workers of late.
	 * @return each by its key, the one that crashed longest ago first; none by default
	 */
	default List<QuarantinedWork> quarantined() {
		return List.of();
	}

	/**
	 * Lets work in again that is in quarantine, and forgets its crashes.
	 * @param key what names it, as in {@link QuarantinedWork#key()}
	 * @return {@code false} if there is none of that key, as always by default
	 */
	default boolean release(String key) {
		return false;
	}

	/**
	 * Asks one worker for the stacks of all its threads. Does not disturb its tasks, and
	 * does not wait.
	 * @param worker its number, as in {@link WorkerSnapshot#number()}
	 * @return the text, or after some seconds an {@link OffloadException} that says why
	 * there is none
	 */
	CompletableFuture<String> threadDump(int worker);

}
