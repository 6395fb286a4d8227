package dev.offload;

import java.time.Duration;

/**
 * Told what happens in executors. The events of one executor come one after another, on a
 * thread of their own: a listener that is slow holds up no task, but only its own events,
 * of which the oldest are dropped when too many wait. What happens to one task comes in
 * its order. What a listener throws is logged and changes nothing.
 * <p>
 * Only methods that are overridden are called, and what nobody hears of costs nothing.
 *
 * @see DirectExecutorListener
 */
public interface ExecutorListener {

	/**
	 * Hears nothing.
	 */
	ExecutorListener NONE = new ExecutorListener() {
	};

	/**
	 * Whether it wants to hear anything now. Asked before each event, on the threads that
	 * do the work, so it must be quick.
	 * @return {@code true} as a rule
	 */
	default boolean isListening() {
		return true;
	}

	/**
	 * An executor was made, or takes no more tasks, or has closed.
	 * @param executor the name of the executor
	 * @param state where it stands now
	 */
	default void executorChanged(String executor, ExecutorState state) {
	}

	/**
	 * An executor was paused or resumed.
	 * @param executor the name of the executor
	 * @param paused whether accepted tasks wait until it is resumed
	 */
	default void executorPaused(String executor, boolean paused) {
	}

	/**
	 * An executor had no room for a task, or has room again: a good part of its places is
	 * free, so that this does not come and go with each task.
	 * @param executor the name of the executor
	 * @param saturated whether it has no room
	 */
	default void executorSaturated(String executor, boolean saturated) {
	}

	/**
	 * A task was accepted.
	 * @param event the task
	 */
	default void taskSubmitted(TaskEvent event) {
	}

	/**
	 * A task was refused. Where the reason is {@link RejectionReason#DUPLICATE_ID}, its
	 * id is that of another task, which goes on.
	 * @param event the task, with what its caller is told
	 * @param reason why
	 */
	default void taskRejected(TaskEvent event, RejectionReason reason) {
	}

	/**
	 * A task was handed to a slot; once for each attempt.
	 * @param event the task
	 */
	default void taskStarted(TaskEvent event) {
	}

	/**
	 * A task said how far it is. Told at most ten times a second of each task, and of the
	 * last that it said before its end.
	 * @param event the task
	 * @param progress how far it is
	 */
	default void taskProgress(TaskEvent event, TaskProgress progress) {
	}

	/**
	 * An attempt at a task has failed, and there will be another.
	 * @param event the task, with why the attempt failed
	 * @param delay how long it waits before it is queued again
	 */
	default void taskRetrying(TaskEvent event, Duration delay) {
	}

	/**
	 * A task came to its end; its status is final and says how: succeeded, failed,
	 * crashed, timed out or cancelled.
	 * @param event the task, with what its caller is told
	 */
	default void taskCompleted(TaskEvent event) {
	}

	/**
	 * A worker was started, is ready or has ended.
	 * @param event the worker
	 */
	default void workerChanged(WorkerEvent event) {
	}

	/**
	 * Events were dropped before the next one, for this listener is slower than they
	 * come.
	 * @param executor the name of the executor
	 * @param count how many since the last that was heard
	 */
	default void eventsDropped(String executor, long count) {
	}

}
