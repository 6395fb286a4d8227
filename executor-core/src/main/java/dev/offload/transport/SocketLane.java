package dev.offload.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The lane that each connection has, for messages of any length. One thread at a time
 * writes, and one reads.
 */
final class SocketLane implements Inflow, Closeable {

	private static final int BUFFER_BYTES = 64 * 1024;

	private final SocketChannel channel;

	/** Null once reading waits in the channel itself. */
	private volatile @Nullable Readiness readable;

	private volatile @Nullable Readiness writable;

	/** Used by who writes. */
	private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

	/** Used by who reads; ready to be read from. */
	private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

	private volatile boolean closed;

	SocketLane(SocketChannel channel) throws IOException {
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

	SocketChannel channel() {
		return this.channel;
	}

	void waitInChannel() throws IOException {
		Readiness readiness = this.readable;
		if (readiness != null) {
			this.readable = null;
			readiness.close();
			this.channel.configureBlocking(true);
		}
	}

	// What is to be written goes in here, for the JDK would copy an array that is
	// written into a temporary buffer of the same size.
	ByteBuffer out() {
		return this.out;
	}

	// Writes what is in the buffer, if some of it can be written at once; false if not
	// one byte was.
	boolean offer() throws IOException {
		return this.channel.write(this.out) > 0;
	}

	// Writes all that is in the buffer; returns whether this thread was interrupted
	// meanwhile, whose flag is cleared then.
	boolean flush() throws IOException {
		boolean interrupted = false;
		while (this.out.hasRemaining()) {
			if (this.channel.write(this.out) == 0) {
				interrupted |= awaitWritable();
			}
		}
		return interrupted;
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

	@Override
	public ByteBuffer bytes() {
		return this.in;
	}

	// What is due is often there already, so that to wait for it would be one more call
	// of the system.
	@Override
	public int await(boolean due, @Nullable BooleanSupplier enough) throws IOException {
		int count = due ? read() : 0;
		while (count == 0 && (enough == null || !enough.getAsBoolean())) {
			if (!awaitReadable(enough)) {
				return 0;
			}
			count = read();
		}
		return count;
	}

	// Returns false if this thread was interrupted and minds it.
	private boolean awaitReadable(@Nullable BooleanSupplier enough) throws IOException {
		Readiness readiness = this.readable;
		if (readiness == null) {
			return true;
		}
		if (enough == null) {
			await(readiness);
			return true;
		}
		return !readiness.awaitInterruptibly();
	}

	private boolean await(Readiness readiness) throws IOException {
		try {
			return readiness.await();
		}
		catch (ClosedSelectorException ex) {
			throw new ClosedChannelException();
		}
	}

	private int read() throws IOException {
		this.in.compact();
		try {
			return this.channel.read(this.in);
		}
		finally {
			this.in.flip();
		}
	}

	// Has a thread look up that waits to read, now or the next time.
	void wake() {
		Readiness readiness = this.readable;
		if (readiness != null) {
			readiness.wake();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		closeQuietly(this.channel);
		closeQuietly(this.readable);
		// a writer may hold the lock while it waits: the selector's close wakes it
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
