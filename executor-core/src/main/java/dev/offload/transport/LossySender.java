package dev.offload.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.LogsDropped;
import dev.offload.protocol.MessageWriter;
import dev.offload.spi.Payload;

/**
 * Sends messages that may be lost, over a connection that nobody else sends on, and never
 * waits for the other side. A message is written at once, on the thread that sends it, so
 * that it outlives this process; only what the other side does not read in time is kept,
 * and written by a thread of its own. What there is no room for is dropped and counted,
 * and the count is told as soon as there is room. Safe for use by many threads.
 */
public final class LossySender {

	/** The most bytes that are kept; the last quarter is for what is important. */
	static final int MAX_BYTES = 1024 * 1024;

	private static final int ORDINARY_BYTES = MAX_BYTES / 4 * 3;

	private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Connection connection;

	private final Readiness writable;

	private final ReentrantLock lock = new ReentrantLock();

	/** Something is kept or was dropped, or nothing is kept any more. */
	private final Condition changed = this.lock.newCondition();

	/** Guarded by the lock: what is not written yet, the first perhaps in part. */
	private final Deque<ByteBuffer> kept = new ArrayDeque<>();

	/** Guarded by the lock. */
	private long keptBytes;

	/** Guarded by the lock: how many were dropped of which nothing was told yet. */
	private long dropped;

	/** Guarded by the lock. */
	private long reportedNanos = System.nanoTime() - REPORT_NANOS;

	/** Guarded by the lock. */
	private boolean broken;

	// Without its thread: what the other side does not read at once stays here.
	LossySender(Connection connection) throws IOException {
		this.connection = connection;
		this.writable = new Readiness(connection.channel(), SelectionKey.OP_WRITE);
	}

	/**
	 * Begins to send on a connection.
	 * @param connection the connection, owned by the sender from now on
	 * @param threadName the name of the sender's thread
	 * @return the sender
	 * @throws IOException if the connection is lost
	 */
	public static LossySender start(Connection connection, String threadName) throws IOException {
		LossySender sender = new LossySender(connection);
		Thread thread = new Thread(sender::writeKept, threadName);
		thread.setDaemon(true);
		thread.start();
		return sender;
	}

	/**
	 * Sends a message, or drops it.
	 * @param message the message
	 * @param important whether it may take the room that is left for such
	 */
	public void send(Message message, boolean important) {
		ByteBuffer frame = frame(message);
		this.lock.lock();
		try {
			if (this.broken) {
				return;
			}
			if (this.keptBytes + frame.remaining() > (important ? MAX_BYTES : ORDINARY_BYTES)) {
				this.dropped++;
				this.changed.signalAll();
				return;
			}
			boolean first = this.kept.isEmpty();
			keep(frame);
			if (first) {
				write();
			}
			if (!this.kept.isEmpty()) {
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until all is written, and told how much was dropped.
	 * @param millis how long to wait, in milliseconds
	 */
	public void flush(long millis) {
		long left = TimeUnit.MILLISECONDS.toNanos(millis);
		this.lock.lock();
		try {
			while (!this.broken && (!this.kept.isEmpty() || this.dropped > 0) && left > 0) {
				this.changed.signalAll();
				left = this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static ByteBuffer frame(Message message) {
		Payload body = MessageWriter.body(message);
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + body.length());
		MessageWriter.writeHeader(message, body.length(), frame);
		return frame.put(body.bytes(), body.start(), body.length()).flip();
	}

	// Only with the lock. It is among what is kept before a byte of it is written: a
	// stack that is full may end the writing anywhere.
	private void keep(ByteBuffer frame) {
		this.kept.addLast(frame);
		this.keptBytes += frame.remaining();
	}

	// Only with the lock: as much as the other side takes at once.
	private void write() {
		try {
			ByteBuffer frame = this.kept.peekFirst();
			while (frame != null) {
				int written = this.connection.channel().write(frame);
				this.keptBytes -= written;
				if (frame.hasRemaining()) {
					return;
				}
				this.kept.removeFirst();
				frame = this.kept.peekFirst();
			}
		}
		catch (IOException ex) {
			fail();
		}
	}

	private void writeKept() {
		try {
			while (awaitKept()) {
				this.writable.await();
				this.lock.lock();
				try {
					write();
					reportDropped();
				}
				finally {
					this.lock.unlock();
				}
			}
		}
		catch (Throwable ex) {
			// Whatever it was, nobody must wait for this thread any more.
			this.lock.lock();
			try {
				fail();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	private boolean awaitKept() {
		this.lock.lock();
		try {
			while (this.kept.isEmpty() && this.dropped == 0 && !this.broken) {
				// A task may interrupt every thread that it finds.
				this.changed.awaitUninterruptibly();
			}
			return !this.broken;
		}
		finally {
			this.lock.unlock();
		}
	}

	// Only with the lock. Now and then while they go on, and when nothing is kept.
	private void reportDropped() {
		long now = System.nanoTime();
		if (this.dropped > 0 && (this.kept.isEmpty() || now - this.reportedNanos >= REPORT_NANOS)) {
			keep(frame(new LogsDropped(this.dropped)));
			this.dropped = 0;
			this.reportedNanos = now;
		}
		if (this.kept.isEmpty()) {
			this.changed.signalAll();
		}
	}

	// Only with the lock. Whoever reads the control connection ends this process.
	private void fail() {
		this.broken = true;
		this.kept.clear();
		this.changed.signalAll();
		this.connection.close();
		try {
			this.writable.close();
		}
		catch (IOException ex) {
			// It is gone either way.
		}
	}

}
