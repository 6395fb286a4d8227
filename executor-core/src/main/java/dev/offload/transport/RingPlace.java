package dev.offload.transport;

import dev.offload.protocol.Frame;
import dev.offload.protocol.ProtocolException;

/**
 * Where a message begins in a ring.
 *
 * @param offset in its memory
 * @param skipped how many bytes before it are no part of any message
 */
record RingPlace(int offset, int skipped) {

	static RingPlace of(long number) throws ProtocolException {
		long offset = number & 0xFFFF_FFFFL;
		long skipped = number >>> Integer.SIZE;
		if (offset >= SharedFile.RING_BYTES || skipped >= Frame.HEADER_BYTES) {
			throw new ProtocolException("A message at " + offset + " of a ring of " + SharedFile.RING_BYTES + ", after "
					+ skipped + " bytes");
		}
		return new RingPlace((int) offset, (int) skipped);
	}

	long number() {
		return ((long) this.skipped << Integer.SIZE) | this.offset;
	}

}
