package dev.offload;

/**
 * Where a worker stands.
 */
public enum WorkerState {

	/**
	 * Its process is starting.
	 */
	STARTING,

	/**
	 * It waits for tasks.
	 */
	IDLE,

	/**
	 * It runs at least one task.
	 */
	BUSY,

	/**
	 * It takes no more tasks and ends after those that it runs.
	 */
	RETIRING,

	/**
	 * It is being killed, or has ended.
	 */
	ENDING

}
