package dev.offload.spi;

/**
 * Takes what is logged in a worker to the log of its service. Safe for use by many
 * threads.
 */
@FunctionalInterface
public interface WorkerLogSink {

	/**
	 * Takes an event. It neither waits nor logs; where the service reads too slowly the
	 * event is dropped, and counted.
	 * @param event the event
	 */
	void accept(WorkerLogEvent event);

}
