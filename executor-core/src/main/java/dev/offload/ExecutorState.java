package dev.offload;

/**
 * Whether an executor takes tasks.
 */
public enum ExecutorState {

	/**
	 * It takes tasks.
	 */
	OPEN,

	/**
	 * It takes none and lets the accepted ones end.
	 */
	DRAINING,

	/**
	 * It is closed.
	 */
	CLOSED

}
