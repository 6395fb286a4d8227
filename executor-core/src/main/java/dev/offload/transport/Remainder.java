package dev.offload.transport;

import java.nio.ByteBuffer;
import java.util.List;

import dev.offload.spi.Payload;

/**
 * What is left to be written of a payload: its head, then its attachments. It goes in
 * pieces through the buffer of a connection, for the JDK would copy an array that is
 * written into a temporary buffer of the same size. Used by one thread.
 */
final class Remainder {

	private final Payload payload;

	/** How much of the head is written. */
	private int written;

	/** The attachment that is being written. */
	private int attachment;

	/** How much of it is written. */
	private int offset;

	Remainder(Payload payload) {
		this.payload = payload;
	}

	boolean isEmpty() {
		return this.written == this.payload.length() && this.attachment == this.payload.attachments().size();
	}

	// Puts in as much as there is room for.
	void fill(ByteBuffer buffer) {
		int count = Math.min(buffer.remaining(), this.payload.length() - this.written);
		buffer.put(this.payload.bytes(), this.payload.start() + this.written, count);
		this.written += count;
		List<ByteBuffer> attachments = this.payload.attachments();
		while (this.written == this.payload.length() && this.attachment < attachments.size()
				&& fill(buffer, attachments.get(this.attachment))) {
			this.attachment++;
			this.offset = 0;
		}
	}

	// Returns whether that was all of it.
	private boolean fill(ByteBuffer buffer, ByteBuffer from) {
		int count = Math.min(buffer.remaining(), from.remaining() - this.offset);
		buffer.put(buffer.position(), from, from.position() + this.offset, count);
		buffer.position(buffer.position() + count);
		this.offset += count;
		return this.offset == from.remaining();
	}

}
