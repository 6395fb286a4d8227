package dev.offload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a task when something happens to it.
 *
 * @param executor the name of the executor
 * @param taskId the id of the task
 * @param label the label of the task
 * @param metadata what its caller wanted to find again with it
 * @param status where it stands
 * @param attempt which attempt this is, from 1
 * @param workerPid the process that runs it or ran it last, {@code -1} if there was none
 * @param at when it happened
 * @param waiting how long it waited for a slot so far
 * @param running how long it ran so far
 * @param progress how far it said it was last, {@code null} if it never did
 * @param failure what its caller is told, or why its last attempt failed while it is to
 * be tried again; otherwise {@code null}
 */
public record TaskEvent(String executor, String taskId, String label, Map<String, String> metadata, TaskStatus status,
		int attempt, long workerPid, Instant at, Duration waiting, Duration running, @Nullable TaskProgress progress,
		@Nullable Throwable failure) {
}
