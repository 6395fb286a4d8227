package dev.offload;

/**
 * Why a task was tried again.
 */
public enum RetryReason {

	/**
	 * It ended with an exception.
	 */
	FAILURE,

	/**
	 * It ran longer than its {@code timeout}.
	 */
	TIMEOUT,

	/**
	 * Its worker died under it.
	 */
	CRASH

}
