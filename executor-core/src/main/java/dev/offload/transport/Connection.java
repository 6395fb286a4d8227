package dev.offload.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Message;
import dev.offload.protocol.MessageWriter;
import dev.offload.spi.Payload;

/**
 * One connection that carries whole messages. Any thread may send; one thread receives.
 * An interrupt of a thread that sends or receives never harms the connection: a sender
 * keeps its interrupt flag, a receiver loses it.
 */
public final class Connection implements Closeable {

	private static final int BUFFER_BYTES = 64 * 1024;

	private final SocketChannel channel;

	/** Null once receiving waits in the channel itself. */
	private volatile @Nullable Readiness readable;

	/** Guards {@link #out}, {@link #writable} and {@link #interrupted}. */
	private final ReentrantLock sending = new ReentrantLock();

	private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

	private volatile @Nullable Readiness writable;

	/** Whether the thread that sends was interrupted meanwhile. */
	private boolean interrupted;

	/** Owned by the receiving thread; ready to be read from. */
	private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

	/** Owned by the receiving thread. */
	private final Incoming incoming = new Incoming();

	private volatile boolean closed;

	/**
	 * Wraps a connected channel.
	 * @param channel the channel, owned by this connection from now on
	 * @throws IOException if it cannot be prepared; it is closed then
	 */
	public Connection(SocketChannel channel) throws IOException {
		this.channel = channel;
		try {
			channel.configureBlocking(false);
			this.readable = new Readiness(channel, SelectionKey.OP_READ);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Has this connection wait in its channel from now on, with one call of the system
	 * for each message that comes. Only before it is used by threads that no interrupt
	 * can reach while they send or receive: it would close the channel.
	 * @throws IOException if that fails
	 */
	public void waitInChannel() throws IOException {
		Readiness readiness = this.readable;
		if (readiness != null) {
			this.readable = null;
			readiness.close();
			this.channel.configureBlocking(true);
		}
	}

	SocketChannel channel() {
		return this.channel;
	}

	/**
	 * Sends a message, all of it.
	 * @param message the message
	 * @throws UnsentException if not one byte was written
	 * @throws IOException if some of it may have been written
	 */
	public void send(Message message) throws IOException {
		write(message, true);
	}

	/**
	 * Sends a message, all of it, unless the other side reads so little that nothing of
	 * it could be written at once. For short messages, it does not wait.
	 * @param message the message
	 * @return {@code false} if not one byte was written
	 * @throws IOException if some of it may have been written
	 */
	public boolean offer(Message message) throws IOException {
		return write(message, false);
	}

	private boolean write(Message message, boolean waiting) throws IOException {
		byte[] prefix = MessageWriter.prefix(message);
		Payload body = MessageWriter.body(message);
		this.sending.lock();
		try {
			this.out.clear();
			MessageWriter.writeHeader(message, prefix.length + body.length(), this.out);
			this.out.put(prefix);
			Remainder rest = new Remainder(body);
			rest.fill(this.out);
			if (!waiting && this.channel.write(this.out) == 0) {
				return false;
			}
			flushFirst(waiting);
			while (!rest.isEmpty()) {
				this.out.clear();
				rest.fill(this.out);
				flush();
			}
			return true;
		}
		finally {
			boolean interrupted = this.interrupted;
			this.interrupted = false;
			this.sending.unlock();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void flushFirst(boolean whole) throws IOException {
		int size = this.out.remaining();
		try {
			flush();
		}
		catch (IOException ex) {
			throw (whole && this.out.remaining() == size) ? new UnsentException(ex) : ex;
		}
	}

	private void flush() throws IOException {
		while (this.out.hasRemaining()) {
			if (this.channel.write(this.out) == 0) {
				this.interrupted |= awaitWritable();
			}
		}
	}

	private boolean awaitWritable() throws IOException {
		Readiness readiness = this.writable;
		if (readiness == null) {
			readiness = new Readiness(this.channel, SelectionKey.OP_WRITE);
			this.writable = readiness;
			if (this.closed) {
				readiness.close();
			}
		}
		return await(readiness);
	}

	/**
	 * Waits for the next message.
	 * @param maxBody the longest body admitted, with its attachments
	 * @return the message
	 * @throws EOFException if the other side is gone
	 * @throws IOException if the bytes are wrong or the connection fails or is closed
	 */
	public Message receive(long maxBody) throws IOException {
		Message message = this.incoming.take(this.in, maxBody);
		while (message == null) {
			fillIn();
			message = this.incoming.take(this.in, maxBody);
		}
		return message;
	}

	/**
	 * Waits for the next message while there is nothing else to see to. Whoever goes on
	 * with {@link #receive} misses nothing of what this did not give.
	 * @param maxBody the longest body admitted
	 * @param enough whether there is nothing to wait for any more; asked whenever this
	 * thread is {@linkplain #wakeReceiver woken}
	 * @return the message, {@code null} if this thread was interrupted, which stays set,
	 * or woken, or if what comes is wrong, or the end
	 */
	public @Nullable Message receiveUnlessWoken(long maxBody, BooleanSupplier enough) {
		Readiness readiness = this.readable;
		try {
			while (readiness != null && !enough.getAsBoolean()) {
				Message message = this.incoming.take(this.in, maxBody);
				if (message != null) {
					return message;
				}
				if (fillIn(readiness) <= 0 || Thread.currentThread().isInterrupted()) {
					return null;
				}
			}
		}
		catch (IOException | ClosedSelectorException ex) {
			// receive fails just so
		}
		return null;
	}

	private int fillIn(Readiness readiness) throws IOException {
		int count = readRest();
		if (count == 0 && !readiness.awaitInterruptibly()) {
			count = readIn();
		}
		return count;
	}

	private void fillIn() throws IOException {
		int count = readRest();
		while (count == 0) {
			awaitReadable();
			count = readIn();
		}
		if (count < 0) {
			throw new EOFException("The other side closed the connection");
		}
	}

	// What belongs to a message that has begun is often there already, so that to wait
	// for it would be one more call of the system.
	private int readRest() throws IOException {
		return this.incoming.isBegun() ? readIn() : 0;
	}

	private int readIn() throws IOException {
		this.in.compact();
		try {
			return this.channel.read(this.in);
		}
		finally {
			this.in.flip();
		}
	}

	/**
	 * Has a thread return that {@linkplain #receiveUnlessWoken waits} for a message, now
	 * or the next time. Any thread may call it.
	 */
	public void wakeReceiver() {
		Readiness readiness = this.readable;
		if (readiness != null) {
			readiness.wake();
		}
	}

	private void awaitReadable() throws IOException {
		Readiness readiness = this.readable;
		if (readiness != null) {
			await(readiness);
		}
	}

	private boolean await(Readiness readiness) throws IOException {
		try {
			return readiness.await();
		}
		catch (ClosedSelectorException ex) {
			throw new ClosedChannelException();
		}
	}

	/**
	 * Closes the connection; threads that send or receive get an exception. Does nothing
	 * when called again.
	 */
	@Override
	public void close() {
		this.closed = true;
		closeQuietly(this.channel);
		closeQuietly(this.readable);
		// a sender may hold the lock while it waits: the selector's close wakes it
		closeQuietly(this.writable);
	}

	private static void closeQuietly(@Nullable Closeable closeable) {
		try {
			if (closeable != null) {
				closeable.close();
			}
		}
		catch (IOException ex) {
			// it is gone either way
		}
	}

}
