package dev.offload;

/**
 * What happens to a task for which an executor has no room.
 */
public enum OverloadPolicy {

	/**
	 * It is refused at once.
	 */
	REJECT,

	/**
	 * Its caller waits for room, at most {@code overload-wait}; then it is refused.
	 */
	WAIT,

	/**
	 * It runs on its caller's thread, without the isolation of a worker process.
	 */
	CALLER_RUNS

}
