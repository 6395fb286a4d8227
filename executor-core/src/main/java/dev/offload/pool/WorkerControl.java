package dev.offload.pool;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.dispatch.PendingTask;
import dev.offload.protocol.Message;
import dev.offload.transport.Connection;

/**
 * What a worker is told beside its tasks. Nothing is told before its control connection
 * has come, nor after it has failed. Safe for use by many threads.
 */
final class WorkerControl {

	private static final Logger logger = LoggerFactory.getLogger(WorkerControl.class);

	private final Worker worker;

	/** Written once, by the thread that reads it. */
	private volatile @Nullable Connection connection;

	WorkerControl(Worker worker) {
		this.worker = worker;
	}

	void connected(Connection value) {
		this.connection = value;
	}

	void interrupt(PendingTask task) {
		tell(new Message.Cancel(task.number()));
	}

	// Asks for the stacks of its threads; interrupts a task then, 0 for none.
	void takeDump(long task) {
		tell(new Message.TakeDump(task));
	}

	void shutDown() {
		tell(new Message.Shutdown());
	}

	// So many bytes of the stream of a task were taken; false if that is to be said
	// again.
	boolean taken(PendingTask task, long bytes) {
		return tell(new Message.Taken(task.number(), bytes));
	}

	// False if it reads too little to be told now.
	private boolean tell(Message message) {
		Connection known = this.connection;
		if (known == null) {
			return true;
		}
		try {
			// The caller may be the timer of all limits, which a worker must not hold up.
			if (!known.offer(message)) {
				logger.debug("{} does not read what it is told: {}", this.worker, message);
				return false;
			}
		}
		catch (IOException ex) {
			logger.debug("{} cannot be told {}", this.worker, message, ex);
		}
		return true;
	}

	void close() {
		Connection known = this.connection;
		if (known != null) {
			known.close();
		}
	}

}
