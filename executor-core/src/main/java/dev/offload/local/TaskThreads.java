package dev.offload.local;

import java.util.concurrent.Executor;

/**
 * Threads for tasks; never more at a time than tasks given.
 */
interface TaskThreads extends Executor {

	// Starts no more threads; those that run go on until their tasks end.
	void close();

}
