package dev.offload.worker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.codec.TaskCodec;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.Items;
import dev.offload.spi.Payload;
import dev.offload.spi.StreamResults;

/**
 * Sends the items of the stream that a task has given, several in a frame where they come
 * quickly, and waits while their consumer does not take them. Each is encoded at once.
 */
final class ItemSender implements ProgressSender.Telling {

	private static final int FRAME_BYTES = 32 * 1024;

	/** An item that comes so long after a frame is sent at once. */
	private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final long task;

	private final ProgressSender.Target target;

	private final Writing writing;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition granted = this.lock.newCondition();

	/** Guarded by the lock: the items that were not sent. */
	private final ByteArrayOutputStream items = new ByteArrayOutputStream();

	/** Guarded by the lock. */
	private long sentBytes;

	/** Guarded by the lock. */
	private long grantedBytes = StreamResults.WINDOW_BYTES;

	/** Guarded by the lock. */
	private long sentNanos = System.nanoTime() - QUICK_NANOS;

	/** Guarded by the lock. */
	private boolean closed;

	private final AtomicBoolean waiting = new AtomicBoolean();

	/**
	 * Creates one.
	 * @param task the number of the task
	 * @param target where its items go, and who sends what is left lying
	 * @param writing writes on the thread of the task
	 */
	ItemSender(long task, ProgressSender.Target target, Writing writing) {
		this.task = task;
		this.target = target;
		this.writing = writing;
	}

	// On the thread of the task.
	void sendAll(@Nullable Object result, TaskCodec codec) throws Throwable {
		try (Stream<?> stream = StreamResults.of(result)) {
			Iterator<?> all = stream.iterator();
			while (all.hasNext()) {
				if (Thread.interrupted()) {
					throw new InterruptedException("Interrupted among the items of its stream");
				}
				add(codec.encodeResult(all.next()));
			}
		}
		catch (InterruptedException ex) {
			tellBefore(ex);
			throw ex;
		}
		catch (Throwable ex) {
			// What was made before is told before.
			flush();
			throw ex;
		}
		flush();
	}

	// What was made before is told before, as far as that waits for nothing.
	private void tellBefore(InterruptedException interrupt) {
		try {
			sendIfGranted(this.writing);
		}
		catch (IOException ex) {
			interrupt.addSuppressed(ex);
		}
	}

	private void add(Payload item) throws IOException, InterruptedException {
		this.lock.lock();
		try {
			boolean large = !item.attachments().isEmpty() || item.length() > FRAME_BYTES / 2;
			if (large || this.items.size() + item.length() > FRAME_BYTES) {
				flushLocked();
			}
			if (large) {
				awaitGrant();
			}
			DataOutputStream out = new DataOutputStream(this.items);
			out.writeInt(item.length());
			out.write(item.bytes(), item.start(), item.length());
			if (large) {
				send(item.attachments(), this.writing);
			}
			else if (System.nanoTime() - this.sentNanos > QUICK_NANOS) {
				flushLocked();
			}
			else {
				sendLater();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void sendLater() {
		if (this.waiting.compareAndSet(false, true) && !this.target.sender().add(this)) {
			this.waiting.set(false);
		}
	}

	private void flush() throws IOException, InterruptedException {
		this.lock.lock();
		try {
			flushLocked();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void flushLocked() throws IOException, InterruptedException {
		if (this.items.size() > 0) {
			awaitGrant();
			send(List.of(), this.writing);
		}
	}

	private void awaitGrant() throws InterruptedException {
		while (this.sentBytes >= this.grantedBytes) {
			this.granted.await();
		}
	}

	// Only with the lock, and only if that is granted.
	private void send(List<ByteBuffer> attachments, Writing way) throws IOException {
		if (this.items.size() == 0) {
			return;
		}
		byte[] bytes = this.items.toByteArray();
		this.items.reset();
		Payload payload = new Payload(bytes, 0, bytes.length, attachments);
		this.sentBytes += StreamResults.FRAME_BYTES + payload.size();
		this.sentNanos = System.nanoTime();
		way.write(new Items(this.task, payload));
	}

	// What lies there since a while is sent although no other has come.
	@Override
	public void tell() throws IOException {
		this.waiting.set(false);
		sendIfGranted(this.target.connection()::send);
	}

	private void sendIfGranted(Writing way) throws IOException {
		this.lock.lock();
		try {
			if (!this.closed && this.sentBytes < this.grantedBytes) {
				send(List.of(), way);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// The consumer has taken so many bytes since the beginning.
	void taken(long bytes) {
		this.lock.lock();
		try {
			this.grantedBytes = Math.max(this.grantedBytes, bytes + StreamResults.WINDOW_BYTES);
			this.granted.signalAll();
			// What lies there was not granted when it was to be sent, and no other may
			// come.
			if (this.items.size() > 0 && !this.closed) {
				sendLater();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// The task has ended: nothing is sent any more.
	void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Writes a message.
	 */
	@FunctionalInterface
	interface Writing {

		void write(Message message) throws IOException;

	}

}
