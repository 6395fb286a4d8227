package dev.offload.spring.event;

import java.time.Duration;

import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;

/**
 * Something has happened to a task. Published by a thread of the events, never by one
 * that a task needs; what listeners throw is logged and changes nothing.
 */
public sealed interface OffloadTaskEvent {

	/**
	 * What is known of the task.
	 * @return the task at that moment
	 */
	TaskEvent task();

	/**
	 * A task was accepted.
	 *
	 * @param task the task
	 */
	record Submitted(TaskEvent task) implements OffloadTaskEvent {
	}

	/**
	 * A task was refused.
	 *
	 * @param task the task, with what its caller is told
	 * @param reason why
	 */
	record Rejected(TaskEvent task, RejectionReason reason) implements OffloadTaskEvent {
	}

	/**
	 * A task was handed to a slot; once for each attempt.
	 *
	 * @param task the task
	 */
	record Started(TaskEvent task) implements OffloadTaskEvent {
	}

	/**
	 * A task has said how far it is.
	 *
	 * @param task the task
	 * @param progress how far it is
	 */
	record Progressed(TaskEvent task, TaskProgress progress) implements OffloadTaskEvent {
	}

	/**
	 * An attempt at a task has failed, and there will be another.
	 *
	 * @param task the task, with why the attempt failed
	 * @param delay how long it waits before it is queued again
	 */
	record Retrying(TaskEvent task, Duration delay) implements OffloadTaskEvent {
	}

	/**
	 * A task came to its end; its status says how.
	 *
	 * @param task the task, with what its caller is told
	 */
	record Completed(TaskEvent task) implements OffloadTaskEvent {
	}

}
