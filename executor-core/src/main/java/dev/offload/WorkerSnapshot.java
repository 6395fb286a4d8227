package dev.offload;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One worker at one moment.
 *
 * @param number its number in the executor, from 1, never used twice
 * @param pid its process id, {@code -1} while it is not known
 * @param state where it stands
 * @param started when its process was started
 * @param age for how long it has lived
 * @param slots how many tasks it can run at a time
 * @param tasksDone how many tasks it has ended
 * @param currentTasks the tasks that it runs
 * @param startedFromCache whether it started from what one before it has left
 * @param heartbeat its last sign of life, {@code null} before the first
 */
public record WorkerSnapshot(int number, long pid, WorkerState state, Instant started, Duration age, int slots,
		long tasksDone, List<CurrentTask> currentTasks, boolean startedFromCache, @Nullable WorkerHeartbeat heartbeat) {

	public WorkerSnapshot {
		currentTasks = List.copyOf(currentTasks);
	}

	/**
	 * A task in a slot.
	 *
	 * @param id its id
	 * @param label its label
	 * @param running for how long it has run
	 */
	public record CurrentTask(String id, String label, Duration running) {

	}

}
