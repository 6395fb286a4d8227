package dev.offload.spring.actuate;

import java.util.List;

import dev.offload.WorkerSnapshot;

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
 */
public record WorkerDescriptor(int number, long pid, String state, String started, String age, int slots,
		long tasksDone, List<CurrentTaskDescriptor> currentTasks) {

	static WorkerDescriptor of(WorkerSnapshot worker) {
		return new WorkerDescriptor(worker.number(), worker.pid(), ExecutorDescriptor.word(worker.state()),
				worker.started().toString(), ExecutorDescriptor.text(worker.age()), worker.slots(), worker.tasksDone(),
				worker.currentTasks().stream().map(CurrentTaskDescriptor::of).toList());
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

}
