package dev.offload.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;

import dev.offload.protocol.Frame;
import dev.offload.protocol.ProtocolException;

/**
 * The end of a ring that is written to, by one thread at a time.
 */
final class RingOut {

	/** What the other side can read while more is written. */
	private static final int CHUNK_BYTES = 256 * 1024;

	private final RingCounters counters;

	private final ByteBuffer bytes;

	private final SharedFile file;

	private final BooleanSupplier closed;

	private long written;

	/** What was written when the beginning of the memory was written last. */
	private long base;

	RingOut(SharedFile.Ring ring, BooleanSupplier closed) {
		this.counters = new RingCounters(ring.counters());
		this.bytes = ring.bytes();
		this.file = ring.file();
		this.closed = closed;
	}

	/**
	 * Begins a message: at the beginning of the memory if all is read, so that small ones
	 * use little of it, and where its head is in one piece.
	 * @return where the message begins
	 * @throws IOException if the other side broke the ring
	 */
	RingPlace begin() throws IOException {
		this.file.requireWhole();
		int skipped = 0;
		if (this.counters.unreadOf(this.written) == 0) {
			this.base = this.written;
		}
		else if (SharedFile.RING_BYTES - offset() < Frame.HEADER_BYTES) {
			skipped = SharedFile.RING_BYTES - offset();
			awaitRoom(skipped);
			this.written += skipped;
		}
		return new RingPlace(offset(), skipped);
	}

	private int offset() {
		return (int) ((this.written - this.base) % SharedFile.RING_BYTES);
	}

	/**
	 * Waits for room.
	 * @return where to write, of one byte at least
	 * @throws IOException if this side is closed or the other one broke the ring
	 */
	ByteBuffer room() throws IOException {
		int free = awaitRoom(1);
		int offset = offset();
		int count = Math.min(Math.min(free, CHUNK_BYTES), SharedFile.RING_BYTES - offset);
		return this.bytes.limit(offset + count).position(offset);
	}

	private int free() throws ProtocolException {
		return SharedFile.RING_BYTES - this.counters.unreadOf(this.written);
	}

	private int awaitRoom(int least) throws IOException {
		int free = free();
		return (free >= least) ? free : awaitMore(least);
	}

	private int awaitMore(int least) throws IOException {
		RingPatience patience = new RingPatience();
		boolean interrupted = false;
		try {
			int free = free();
			while (free < least) {
				if (this.closed.getAsBoolean()) {
					throw new ClosedChannelException();
				}
				interrupted |= Thread.interrupted();
				patience.pause();
				free = free();
			}
			return free;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	// What was put in where there is room is to be read.
	void publish() throws IOException {
		this.file.requireWhole();
		this.written += this.bytes.position() - offset();
		this.counters.written(this.written);
	}

}
