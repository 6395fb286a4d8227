package dev.offload.dispatch;

import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import dev.offload.ExecutorListener;
import dev.offload.OffloadException;

/**
 * What an executor offers to its backend.
 *
 * @param slots told what becomes of tasks
 * @param queued counts the tasks that wait for nothing but a slot
 * @param deadlines the executor's timer
 * @param listener told what happens to workers; never throws
 * @param failQueued fails all tasks that wait, when no slot can be had
 * @param ids gives what comes before the number of a task in the id that is made for it
 * @param limits the limits that are in force
 */
public record BackendServices(SlotListener slots, IntSupplier queued, Deadlines deadlines, ExecutorListener listener,
		QueueFailure failQueued, Supplier<String> ids, LimitsInForce limits) {

	/**
	 * Fails all tasks that wait.
	 */
	@FunctionalInterface
	public interface QueueFailure {

		/**
		 * Fails all tasks that wait.
		 * @param failure makes the exception of each
		 */
		void failAll(Function<PendingTask, OffloadException> failure);

	}

}
