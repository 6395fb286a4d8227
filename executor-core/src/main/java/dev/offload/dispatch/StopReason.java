package dev.offload.dispatch;

/**
 * Why a running task is told to stop.
 */
public enum StopReason {

	/**
	 * It ran longer than its limit.
	 */
	TIMEOUT,

	/**
	 * It had not ended by its deadline.
	 */
	DEADLINE,

	/**
	 * Its caller gave it up.
	 */
	CANCEL,

	/**
	 * Its executor is closed by force.
	 */
	CLOSE;

	/**
	 * Whether its time is up.
	 * @return {@code true} for limits of time
	 */
	public boolean isLimit() {
		return this == TIMEOUT || this == DEADLINE;
	}

}
