package dev.offload.transport;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message.Nudge;
import dev.offload.protocol.MessageWriter;
import dev.offload.protocol.ProtocolException;

/**
 * Two named pipes, one for each direction, for messages that are written in one piece. A
 * call of the system on a pipe costs less than one on a socket, and a thread waits in the
 * pipe itself, so that none is needed to wait. One thread at a time writes, and one
 * reads.
 * <p>
 * Nothing ends the wait of a thread in a pipe but something to read. So the side that may
 * have to end one can write into the pipe that it reads.
 */
public final class PipeLane implements Inflow, Closeable {

	/** Up to so many bytes, a pipe never mixes what several write at a time. */
	static final int MAX_BYTES = 4096;

	/** A pipe holds 64 KiB, unless the system was told otherwise. */
	private static final int MAX_UNREAD = 4 * 1024 * 1024;

	/** Of a pipe that may hold 64 KiB. */
	private static final int MOST_UNSEEN = 32 * 1024;

	private static final byte[] NUDGE = frame();

	private final FileOutputStream out;

	/** Tells how much of what was written is not read. */
	private final FileInputStream outState;

	/** What was written since that was asked. Used by who writes. */
	private int unseen;

	/** Used by who writes. */
	private final byte[] outBytes = new byte[MAX_BYTES];

	private final ByteBuffer outBuffer = ByteBuffer.wrap(this.outBytes);

	private final FileInputStream in;

	/** The same pipe, to end a wait in it; null for the side that never has to. */
	private final @Nullable FileOutputStream wakes;

	/** Used by who reads; ready to be read from, and on an array of its own. */
	private ByteBuffer inBuffer = ByteBuffer.allocate(2 * MAX_BYTES).limit(0);

	private final AtomicReference<Wait> wait = new AtomicReference<>(Wait.NONE);

	/** The thread that reads or did last. */
	private volatile @Nullable Thread reader;

	/** Used by who reads. */
	private Interrupts interrupts = new Interrupts();

	private volatile boolean closed;

	/**
	 * Takes the ends over.
	 * @param in where to read
	 * @param wakes the other end of the same pipe, {@code null} if no wait has to be
	 * ended
	 * @param out where to write
	 * @throws IOException if one of them is closed
	 */
	PipeLane(FileInputStream in, @Nullable FileOutputStream wakes, FileOutputStream out) throws IOException {
		this.in = in;
		this.wakes = wakes;
		this.out = out;
		this.outState = new FileInputStream(out.getFD());
	}

	private static byte[] frame() {
		ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES);
		MessageWriter.writeHeader(new Nudge(), 0, frame);
		return frame.array();
	}

	// A whole message goes in here.
	ByteBuffer out() {
		return this.outBuffer.clear();
	}

	// Writes what is in the buffer, all of it or nothing.
	void write() throws IOException {
		int count = this.outBuffer.position();
		this.unseen += count;
		if (this.unseen > MOST_UNSEEN && this.wakes != null) {
			awaitRead(count);
		}
		this.out.write(this.outBytes, 0, count);
	}

	// Nothing would end the wait of a thread in a full pipe, were its reader gone and
	// somebody else to have it.
	private void awaitRead(int count) throws IOException {
		RingPatience patience = new RingPatience();
		this.unseen = this.outState.available() + count;
		while (this.unseen > MOST_UNSEEN) {
			if (this.closed) {
				throw new ClosedChannelException();
			}
			patience.pause();
			this.unseen = this.outState.available() + count;
		}
	}

	@Override
	public ByteBuffer bytes() {
		return this.inBuffer;
	}

	@Override
	public int await(boolean due, @Nullable BooleanSupplier enough) throws IOException {
		this.reader = Thread.currentThread();
		this.wait.set(Wait.READING);
		if (enough != null) {
			return readUnless(enough);
		}
		try {
			return read();
		}
		finally {
			leave();
		}
	}

	private int readUnless(BooleanSupplier enough) throws IOException {
		Interrupts hook = this.interrupts;
		hook.begins();
		try {
			return (enough.getAsBoolean() || Thread.currentThread().isInterrupted()) ? 0 : read();
		}
		finally {
			try {
				// First, for who interrupts holds a lock while it writes.
				leave();
			}
			finally {
				if (hook.ended()) {
					this.interrupts = new Interrupts();
				}
			}
		}
	}

	private int read() throws IOException {
		if (this.closed) {
			throw new ClosedChannelException();
		}
		int count = readSome();
		if (count <= 0 && this.closed) {
			throw new ClosedChannelException();
		}
		return count;
	}

	private int readSome() throws IOException {
		ByteBuffer buffer = this.inBuffer.compact();
		try {
			int count = this.in.read(bytesOf(buffer), buffer.position(), buffer.remaining());
			buffer.position(buffer.position() + Math.max(count, 0));
			return count;
		}
		finally {
			buffer.flip();
		}
	}

	@SuppressWarnings("ByteBufferBackingArray")
	private static byte[] bytesOf(ByteBuffer buffer) {
		return buffer.array();
	}

	// Whoever wakes this thread must not wait in a full pipe for somebody to read: this
	// one stays until that is done.
	private void leave() throws IOException {
		boolean flooded = false;
		while (!this.wait.compareAndSet(Wait.READING, Wait.NONE) && !this.wait.compareAndSet(Wait.WOKEN, Wait.NONE)) {
			if (this.in.available() == 0) {
				Thread.onSpinWait();
			}
			else {
				flooded |= !makeRoom();
				readSome();
			}
		}
		if (flooded) {
			throw new ProtocolException("More than " + MAX_UNREAD + " bytes came while a wait was ended");
		}
	}

	// False if what has come is dropped for it.
	private boolean makeRoom() {
		ByteBuffer buffer = this.inBuffer;
		if (buffer.remaining() + MAX_BYTES <= buffer.capacity()) {
			return true;
		}
		if (buffer.capacity() >= MAX_UNREAD) {
			buffer.limit(0);
			return false;
		}
		try {
			this.inBuffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer).flip();
			return true;
		}
		catch (OutOfMemoryError ex) {
			buffer.limit(0);
			return false;
		}
	}

	// Has a thread look up that waits to read. One that comes later sees what has
	// changed before it waits.
	void wake() {
		if (!Thread.currentThread().equals(this.reader) && this.wait.compareAndSet(Wait.READING, Wait.WAKING)) {
			nudge(this.wakes);
		}
	}

	private void nudge(@Nullable FileOutputStream to) {
		try {
			if (to != null) {
				to.write(NUDGE);
			}
		}
		catch (IOException ex) {
			// nobody waits where nothing can be written
		}
		finally {
			this.wait.set(Wait.WOKEN);
		}
	}

	// Ends the wait that is on, and those that come. What was written to wake it may have
	// been read by somebody else who has the pipe.
	void end() {
		this.closed = true;
		if (this.wait.compareAndSet(Wait.READING, Wait.WAKING) || this.wait.compareAndSet(Wait.WOKEN, Wait.WAKING)) {
			nudge(this.wakes);
		}
	}

	// When no thread uses it any more: another file may have its numbers at once.
	@Override
	public void close() {
		closeQuietly(this.in);
		closeQuietly(this.out);
	}

	private static void closeQuietly(Closeable closeable) {
		try {
			closeable.close();
		}
		catch (IOException ex) {
			// it is gone either way
		}
	}

	private enum Wait {

		NONE, READING, WAKING, WOKEN

	}

	/**
	 * Tells of an interrupt of the thread that waits: the JDK has a way for channels
	 * only. Good for one interrupt.
	 */
	private final class Interrupts extends AbstractInterruptibleChannel {

		void begins() {
			begin();
		}

		// Whether there was one.
		boolean ended() {
			try {
				end(true);
				return !isOpen();
			}
			catch (AsynchronousCloseException ex) {
				return true;
			}
		}

		@Override
		protected void implCloseChannel() {
			wake();
		}

	}

}
