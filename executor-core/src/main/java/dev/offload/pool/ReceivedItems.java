package dev.offload.pool;

import java.nio.ByteBuffer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.offload.dispatch.StreamBuffer;
import dev.offload.protocol.ProtocolException;
import dev.offload.spi.Payload;
import dev.offload.spi.StreamResults;

/**
 * Items of a stream as they came from a worker, decoded by who takes them.
 */
final class ReceivedItems implements StreamBuffer.Parcel {

	private final Payload payload;

	private final Function<Payload, @Nullable Object> decoding;

	/** Of the thread that takes them: what was not decoded yet. */
	private final ByteBuffer rest;

	private ReceivedItems(Payload payload, Function<Payload, @Nullable Object> decoding) {
		this.payload = payload;
		this.decoding = decoding;
		this.rest = ByteBuffer.wrap(payload.bytes(), payload.start(), payload.length());
	}

	/**
	 * The items of a frame, whose lengths are compared with what came.
	 * @param payload what came
	 * @param decoding decodes one item
	 * @return the items
	 * @throws ProtocolException if there is none, or they are damaged
	 */
	static ReceivedItems of(Payload payload, Function<Payload, @Nullable Object> decoding) throws ProtocolException {
		ByteBuffer bytes = ByteBuffer.wrap(payload.bytes(), payload.start(), payload.length());
		int count = 0;
		do {
			int length = (bytes.remaining() >= Integer.BYTES) ? bytes.getInt() : -1;
			if (length <= 0 || length > bytes.remaining()) {
				throw new ProtocolException("An item of " + length + " bytes, when " + bytes.remaining() + " are left");
			}
			bytes.position(bytes.position() + length);
			count++;
		}
		while (bytes.hasRemaining());
		if (count > 1 && !payload.attachments().isEmpty()) {
			throw new ProtocolException("Attachments to " + count + " items, when they are of one");
		}
		return new ReceivedItems(payload, decoding);
	}

	@Override
	public long bytes() {
		return StreamResults.FRAME_BYTES + this.payload.size();
	}

	@Override
	public boolean hasNext() {
		return this.rest.hasRemaining();
	}

	@Override
	public @Nullable Object next() {
		int length = this.rest.getInt();
		int start = this.rest.position();
		this.rest.position(start + length);
		return this.decoding.apply(new Payload(this.payload.bytes(), start, length, this.payload.attachments()));
	}

}
