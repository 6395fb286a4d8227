package dev.offload;

/**
 * What carries calls between the service and a worker.
 */
public enum WorkerTransport {

	/**
	 * Pipes and shared memory where the system has them, and the socket where it does not
	 * and for all else.
	 */
	AUTO,

	/**
	 * Nothing but the socket.
	 */
	SOCKET

}
