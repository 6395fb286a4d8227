package dev.offload;

/**
 * Where the log and the output of workers go.
 */
public enum WorkerLogging {

	/**
	 * Into the service's log, with executor and pid: what is logged as it was logged
	 * where the logging library is known, and what is printed line by line.
	 */
	FORWARD,

	/**
	 * To the standard output and standard error of the service. Its end is not known
	 * here, and so not told in errors.
	 */
	INHERIT,

	/**
	 * Into a file for each worker.
	 */
	FILE,

	/**
	 * Nowhere, but its end is kept for errors.
	 */
	OFF

}
