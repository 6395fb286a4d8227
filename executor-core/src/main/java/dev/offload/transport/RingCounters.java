package dev.offload.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import dev.offload.protocol.ProtocolException;

/**
 * How much was written to a ring and how much of it was read, as both sides see it. What
 * the other side has written there is not believed.
 */
final class RingCounters {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final int WRITTEN = 0;

	/** In another line of the caches. */
	private static final int READ = 512;

	private final ByteBuffer memory;

	RingCounters(ByteBuffer memory) {
		this.memory = memory;
	}

	void written(long count) {
		LONGS.setRelease(this.memory, WRITTEN, count);
	}

	void read(long count) {
		LONGS.setRelease(this.memory, READ, count);
	}

	// How much was written that this side, which has read so much, has not read.
	int unread(long read) throws ProtocolException {
		return difference((long) LONGS.getAcquire(this.memory, WRITTEN), read);
	}

	// How much this side has written, all in all so much, that was not read.
	int unreadOf(long written) throws ProtocolException {
		return difference(written, (long) LONGS.getAcquire(this.memory, READ));
	}

	private static int difference(long written, long read) throws ProtocolException {
		long difference = written - read;
		if (difference < 0 || difference > SharedFile.RING_BYTES) {
			throw new ProtocolException(
					"The other side claims that " + difference + " bytes are in a ring of " + SharedFile.RING_BYTES);
		}
		return (int) difference;
	}

}
