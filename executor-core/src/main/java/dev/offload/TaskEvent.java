package dev.offload;

import java.time.Duration;

/**
 * What is known of a task when something happens to it.
 *
 * @param executor the name of the executor
 * @param taskId the id of the task
 * @param label the label of the task
 * @param status where it stands
 * @param waiting how long it waited for a slot so far
 * @param running how long it ran so far
 */
public record TaskEvent(String executor, String taskId, String label, TaskStatus status, Duration waiting,
		Duration running) {
}
