package dev.offload;

/**
 * Where the output of workers goes.
 */
public enum WorkerLogging {

	/**
	 * Into the service's log, with executor and pid.
	 */
	FORWARD,

	/**
	 * Nowhere, but its end is kept for crash reports.
	 */
	OFF

}
