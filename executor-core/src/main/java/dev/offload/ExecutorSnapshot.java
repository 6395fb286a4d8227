package dev.offload;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of an executor at one moment.
 *
 * @param name the name
 * @param type the type, such as {@code process}
 * @param state whether it takes tasks
 * @param paused whether accepted tasks wait until it is resumed
 * @param unavailable why tasks are refused although it is open, {@code null} while they
 * are not
 * @param maxWorkers the most workers it may have now
 * @param maxPending the most tasks it may hold now
 * @param limits all limits in force that can be changed; one that is absent is not heeded
 * by its type, or not known
 * @param pending accepted tasks that have not ended: queued, active, retrying, or just
 * being settled
 * @param queued tasks that wait for a slot
 * @param active tasks in a slot
 * @param retrying tasks that failed and wait for the time of their next attempt
 * @param submitted tasks accepted since the start
 * @param rejected tasks refused since the start, by reason; every reason is present
 * @param completed tasks ended since the start, by outcome; every final status is present
 * @param retried attempts that followed others since the start, by reason; every reason
 * is present
 * @param averageWait the mean time that tasks waited for a slot
 * @param averageRun the mean time that tasks ran
 * @param workersStarted processes started since the start
 * @param workersCrashed processes that died without being told to
 * @param workers the workers; empty for types without processes
 */
public record ExecutorSnapshot(String name, String type, ExecutorState state, boolean paused,
		@Nullable String unavailable, int maxWorkers, int maxPending, ExecutorLimits limits, long pending, long queued,
		long active, long retrying, long submitted, Map<RejectionReason, Long> rejected,
		Map<TaskStatus, Long> completed, Map<RetryReason, Long> retried, Duration averageWait, Duration averageRun,
		long workersStarted, long workersCrashed, List<WorkerSnapshot> workers) {

	public ExecutorSnapshot {
		rejected = Map.copyOf(rejected);
		completed = Map.copyOf(completed);
		retried = Map.copyOf(retried);
		workers = List.copyOf(workers);
	}

	/**
	 * All tasks ended since the start.
	 * @return the sum over the outcomes
	 */
	public long completedTotal() {
		return this.completed.values().stream().mapToLong(Long::longValue).sum();
	}

}
