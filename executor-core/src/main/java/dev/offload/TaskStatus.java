package dev.offload;

/**
 * Where a task stands.
 */
public enum TaskStatus {

	/**
	 * Accepted, waiting for a slot.
	 */
	PENDING,

	/**
	 * Handed to a slot.
	 */
	RUNNING,

	/**
	 * Failed, and waiting to be tried again.
	 */
	RETRYING,

	/**
	 * Ended with a result.
	 */
	SUCCEEDED,

	/**
	 * Ended with an exception of its own, or with a result or arguments that could not be
	 * sent.
	 */
	FAILED,

	/**
	 * Its worker died under it.
	 */
	CRASHED,

	/**
	 * Stopped at a limit of time, waiting or running.
	 */
	TIMED_OUT,

	/**
	 * Cancelled by its caller or by the closing of its executor.
	 */
	CANCELLED,

	/**
	 * Refused: it was never accepted.
	 */
	REJECTED;

	/**
	 * Whether the task has come to its end.
	 * @return {@code true} for all but {@link #PENDING}, {@link #RUNNING} and
	 * {@link #RETRYING}
	 */
	public boolean isFinal() {
		return this != PENDING && this != RUNNING && this != RETRYING;
	}

	/**
	 * Whether an accepted task can end so.
	 * @return {@code true} for all that are {@linkplain #isFinal() final} but
	 * {@link #REJECTED}
	 */
	public boolean isOutcome() {
		return isFinal() && this != REJECTED;
	}

}
