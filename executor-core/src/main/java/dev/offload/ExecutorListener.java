package dev.offload;

/**
 * Told what happens in executors. Methods are called on the threads that do the work:
 * they must be quick. What they throw is logged and changes nothing.
 */
public interface ExecutorListener {

	/**
	 * Hears nothing.
	 */
	ExecutorListener NONE = new ExecutorListener() {
	};

	/**
	 * An executor was made, or takes no more tasks, or has closed.
	 * @param executor the name of the executor
	 * @param state where it stands now
	 */
	default void executorChanged(String executor, ExecutorState state) {
	}

	/**
	 * A task was accepted.
	 * @param event the task
	 */
	default void taskSubmitted(TaskEvent event) {
	}

	/**
	 * A task was refused.
	 * @param executor the name of the executor
	 * @param reason why
	 */
	default void taskRejected(String executor, RejectionReason reason) {
	}

	/**
	 * A task was handed to a slot.
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
	 * A task came to its end; its status is final.
	 * @param event the task
	 */
	default void taskCompleted(TaskEvent event) {
	}

	/**
	 * A worker was started or ended.
	 * @param event the worker
	 */
	default void workerChanged(WorkerEvent event) {
	}

}
