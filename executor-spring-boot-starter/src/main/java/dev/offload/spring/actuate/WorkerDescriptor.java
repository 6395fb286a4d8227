package dev.offload.spring.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.WorkerHeartbeat;
import dev.offload.WorkerSnapshot;
import dev.offload.spring.Words;

/**
 * A worker process as the endpoint shows it. Durations are ISO-8601.
 *
 * @param number its number in the executor, never used twice
 * @param pid its process id, {@code -1} while it is not known
 * @param state {@code starting}, {@code idle}, {@code busy}, {@code retiring} or
 * {@code ending}
 * @param started when its process was started
 * @param age for how long it has lived
 * @param slots how many tasks it can run at a time
 * @param tasksDone how many tasks it has ended
 * @param currentTasks the tasks that it runs
 * @param startedFromCache whether it started from a start-up cache
 * @param heartbeat its last sign of life, left out before the first
 */
public record WorkerDescriptor(int number, long pid, String state, String started, String age, int slots,
		long tasksDone, List<CurrentTaskDescriptor> currentTasks, boolean startedFromCache,
		@Nullable HeartbeatDescriptor heartbeat) {

	static WorkerDescriptor of(WorkerSnapshot worker) {
		return new WorkerDescriptor(worker.number(), worker.pid(), Words.of(worker.state()),
				worker.started().toString(), ExecutorDescriptor.text(worker.age()), worker.slots(), worker.tasksDone(),
				worker.currentTasks().stream().map(CurrentTaskDescriptor::of).toList(), worker.startedFromCache(),
				HeartbeatDescriptor.of(worker.heartbeat()));
	}

	/**
	 * A running task as the endpoint shows it.
	 *
	 * @param id its id
	 * @param label its label
	 * @param running for how long it has run
	 */
	public record CurrentTaskDescriptor(String id, String label, String running) {

		static CurrentTaskDescriptor of(WorkerSnapshot.CurrentTask task) {
			return new CurrentTaskDescriptor(task.id(), task.label(), ExecutorDescriptor.text(task.running()));
		}

	}

	/**
	 * The last sign of life of a worker as the endpoint shows it. Sizes are in bytes.
	 *
	 * @param age how long ago it was
	 * @param heapUsed how much of its heap was in use, garbage included
	 * @param heapCommitted how much memory its heap had from the system
	 * @param heapMax how large its heap may become
	 * @param resident how much of the machine's memory the process held; left out where
	 * the system does not tell
	 * @param threads how many threads of Java it had
	 */
	public record HeartbeatDescriptor(String age, long heapUsed, long heapCommitted, long heapMax,
			@Nullable Long resident, int threads) {

		static @Nullable HeartbeatDescriptor of(@Nullable WorkerHeartbeat heartbeat) {
			if (heartbeat == null) {
				return null;
			}
			Long resident = (heartbeat.residentBytes() >= 0) ? heartbeat.residentBytes() : null;
			return new HeartbeatDescriptor(ExecutorDescriptor.text(heartbeat.age()), heartbeat.heapUsedBytes(),
					heartbeat.heapCommittedBytes(), heartbeat.heapMaxBytes(), resident, heartbeat.threads());
		}

	}

}
