package dev.offload.transport;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
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

	private static final byte[] NUDGE = nudge();

	private final FileOutputStream out;

	/** Used by who writes. */
	private final byte[] outBytes = new byte[MAX_BYTES];

	private final ByteBuffer outBuffer = ByteBuffer.wrap(this.outBytes);

	private final RandomAccessFile in;

	/** Used by who reads. */
	private final byte[] inBytes = new byte[2 * MAX_BYTES];

	/** Ready to be read from. */
	private final ByteBuffer inBuffer = ByteBuffer.wrap(this.inBytes).limit(0);

	/** Whether a wait can be ended, for which the pipe has to be open for writing. */
	private final boolean wakes;

	private final AtomicReference<Wait> wait = new AtomicReference<>(Wait.NONE);

	/** Used by who reads. */
	private Interrupts interrupts = new Interrupts();

	private volatile boolean closed;

	/**
	 * Takes both ends over.
	 * @param in where to read, and to end a wait to read if it is open for writing
	 * @param wakes whether it is
	 * @param out where to write
	 */
	PipeLane(RandomAccessFile in, boolean wakes, FileOutputStream out) {
		this.in = in;
		this.wakes = wakes;
		this.out = out;
	}

	private static byte[] nudge() {
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
		this.out.write(this.outBytes, 0, this.outBuffer.position());
	}

	@Override
	public ByteBuffer bytes() {
		return this.inBuffer;
	}

	@Override
	public int await(boolean due, @Nullable BooleanSupplier enough) throws IOException {
		this.wait.set(Wait.READING);
		try {
			return (enough != null) ? readUnless(enough) : read();
		}
		finally {
			this.wait.set(Wait.NONE);
		}
	}

	private int readUnless(BooleanSupplier enough) throws IOException {
		Interrupts hook = this.interrupts;
		hook.begins();
		try {
			return (enough.getAsBoolean() || Thread.currentThread().isInterrupted()) ? 0 : read();
		}
		finally {
			if (hook.ended()) {
				this.interrupts = new Interrupts();
			}
		}
	}

	private int read() throws IOException {
		requireOpen();
		ByteBuffer buffer = this.inBuffer.compact();
		try {
			int count = this.in.read(this.inBytes, buffer.position(), buffer.remaining());
			buffer.position(buffer.position() + Math.max(count, 0));
			requireOpen();
			return count;
		}
		finally {
			buffer.flip();
		}
	}

	private void requireOpen() throws ClosedChannelException {
		if (this.closed) {
			throw new ClosedChannelException();
		}
	}

	// Has a thread look up that waits to read. One that comes later sees what has
	// changed before it waits.
	void wake() {
		if (this.wakes && this.wait.compareAndSet(Wait.READING, Wait.NUDGED)) {
			try {
				this.in.write(NUDGE);
			}
			catch (IOException ex) {
				// nobody waits where nothing can be written
			}
		}
	}

	// Ends the wait that is on, and those that come.
	void end() {
		this.closed = true;
		wake();
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

		NONE, READING, NUDGED

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
