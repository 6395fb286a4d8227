package dev.offload;

import java.io.Serializable;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of a worker that died under a task.
 *
 * @param executor the name of the executor
 * @param death how its process ended
 * @param reason why it ended, as one lower-case word: {@code crash} if nobody told it to,
 * otherwise why it was killed, such as {@code hang}, or {@code timeout} of another task
 * @param task the task
 * @param lastHeartbeat its last sign of life, with the age that this had at its end;
 * {@code null} if there was none
 */
public record CrashReport(String executor, WorkerDeath death, String reason, CrashedTask task,
		@Nullable WorkerHeartbeat lastHeartbeat) implements Serializable {

	/**
	 * The task that a worker ran when it died.
	 *
	 * @param id its id
	 * @param label its label
	 * @param age for how long it had run
	 * @param attempt the how manieth time it was run, from 1
	 */
	public record CrashedTask(String id, String label, Duration age, int attempt) implements Serializable {

	}

}
