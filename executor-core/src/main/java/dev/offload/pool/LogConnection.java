package dev.offload.pool;

import java.io.IOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.offload.protocol.Message;
import dev.offload.transport.Connection;

/**
 * The connection over which one worker logs. One thread reads it; closing is safe from
 * any thread.
 */
final class LogConnection {

	/**
	 * Of this JVM: the timer of the executor may be gone by then, and the common pool of
	 * the JDK may be busy. Its thread ends when there is nothing to close.
	 */
	private static final ScheduledThreadPoolExecutor CLOSER = new ScheduledThreadPoolExecutor(1, (action) -> {
		Thread thread = new Thread(action, "offload-log-closer");
		thread.setDaemon(true);
		return thread;
	});

	static {
		CLOSER.setKeepAliveTime(10, TimeUnit.SECONDS);
		CLOSER.allowCoreThreadTimeOut(true);
	}

	private final Connection connection;

	/** How many messages have come. */
	private final AtomicLong received = new AtomicLong();

	/** Written by the thread that reads: whether it waits for a message. */
	private volatile boolean waiting;

	/** Written once, by the thread that reads. */
	private volatile boolean ended;

	LogConnection(Connection connection) {
		this.connection = connection;
	}

	// The next message, which it waits for.
	Message next() throws IOException {
		this.waiting = true;
		Message message = this.connection.receive(LogReplay.MAX_BYTES);
		this.waiting = false;
		this.received.incrementAndGet();
		return message;
	}

	void ended() {
		this.ended = true;
		this.connection.close();
	}

	/**
	 * Closes it when nothing has come for a while. The worker is gone, but what it
	 * started may keep the other end open as long as it likes.
	 * @param millis how long, in milliseconds
	 */
	void closeWhenQuiet(long millis) {
		long before = this.received.get();
		var unused = CLOSER.schedule(() -> {
			if (this.ended) {
				return;
			}
			if (this.waiting && this.received.get() == before) {
				this.connection.close();
			}
			else {
				closeWhenQuiet(millis);
			}
		}, millis, TimeUnit.MILLISECONDS);
	}

}
