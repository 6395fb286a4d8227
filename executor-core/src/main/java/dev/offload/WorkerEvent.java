package dev.offload;

/**
 * What happened to a worker.
 *
 * @param executor the name of the executor
 * @param pid the process id, {@code -1} if there never was a process
 * @param change what happened
 * @param reason why, as one lower-case word such as {@code demand}, {@code crash} or
 * {@code timeout}
 */
public record WorkerEvent(String executor, long pid, Change change, String reason) {

	/**
	 * What happens to workers.
	 */
	public enum Change {

		/**
		 * A process was started.
		 */
		STARTED,

		/**
		 * It is ready for tasks.
		 */
		READY,

		/**
		 * It has ended, whatever the reason.
		 */
		ENDED

	}

}
