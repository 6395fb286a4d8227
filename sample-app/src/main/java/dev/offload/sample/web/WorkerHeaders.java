package dev.offload.sample.web;

/**
 * Headers that say where an answer was made.
 */
final class WorkerHeaders {

	/**
	 * The process id of the worker that did the work.
	 */
	static final String WORKER_PID = "X-Worker-Pid";

	/**
	 * How many pages the document has.
	 */
	static final String PAGE_COUNT = "X-Page-Count";

	private WorkerHeaders() {
	}

}
