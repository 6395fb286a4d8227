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
	 * Its caller gave it up.
	 */
	CANCEL,

	/**
	 * Its executor is closed by force.
	 */
	CLOSE

}
