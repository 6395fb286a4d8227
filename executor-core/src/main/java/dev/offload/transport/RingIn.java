package dev.offload.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The end of a ring that is read from, by one thread at a time.
 */
final class RingIn implements Inflow {

	private final RingCounters counters;

	/** From the first byte that was not taken. */
	private final ByteBuffer bytes;

	private final SharedFile file;

	private final BooleanSupplier closed;

	/** What was read and told the other side. */
	private long read;

	/** Where the bytes after these are. */
	private int offset;

	RingIn(SharedFile.Ring ring, BooleanSupplier closed) {
		this.counters = new RingCounters(ring.counters());
		this.bytes = ring.bytes().limit(0);
		this.file = ring.file();
		this.closed = closed;
	}

	// Begins a message.
	void begin(RingPlace place) {
		this.read += place.skipped();
		this.offset = place.offset();
		this.bytes.limit(this.offset).position(this.offset);
	}

	@Override
	public ByteBuffer bytes() {
		return this.bytes;
	}

	@Override
	public int await(boolean due, @Nullable BooleanSupplier enough) throws IOException {
		taken();
		int unread = this.counters.unread(this.read);
		if (unread == 0) {
			unread = awaitBytes(enough);
		}
		int count = Math.min(unread, SharedFile.RING_BYTES - this.offset);
		this.bytes.limit(this.offset + count).position(this.offset);
		return count;
	}

	private int awaitBytes(@Nullable BooleanSupplier enough) throws IOException {
		RingPatience patience = new RingPatience();
		boolean interrupted = false;
		try {
			int unread = 0;
			while (unread == 0) {
				if (this.closed.getAsBoolean()) {
					throw new ClosedChannelException();
				}
				if (enough == null) {
					interrupted |= Thread.interrupted();
				}
				else if (enough.getAsBoolean() || Thread.currentThread().isInterrupted()) {
					return 0;
				}
				patience.pause();
				unread = this.counters.unread(this.read);
			}
			return unread;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public void taken() throws IOException {
		this.file.requireWhole();
		int count = this.bytes.position() - this.offset;
		this.offset = this.bytes.position() % SharedFile.RING_BYTES;
		this.bytes.limit(this.offset).position(this.offset);
		if (count > 0) {
			this.read += count;
			this.counters.read(this.read);
		}
	}

}
