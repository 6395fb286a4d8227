package dev.offload;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a task: one record from its submission to after its end.
 *
 * @param executor the name of its executor
 * @param id its id
 * @param label its label
 * @param metadata what its caller wanted to find again with it
 * @param status where it stands
 * @param attempt which attempt this is, or was the last, from 1
 * @param workerPid the process that ran it last, {@code -1} if there was none
 * @param times when it went where
 * @param progress how far it said it was last, {@code null} if it never did
 * @param failure why it failed, or why its last attempt did while it is to be tried
 * again; otherwise {@code null}
 */
public record TaskRecord(String executor, String id, String label, Map<String, String> metadata, TaskStatus status,
		int attempt, long workerPid, TaskTimes times, @Nullable TaskProgress progress, @Nullable TaskFailure failure) {

	public TaskRecord {
		metadata = Map.copyOf(metadata);
	}

}
