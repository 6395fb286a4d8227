package dev.offload.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.protocol.Frame;
import dev.offload.protocol.Message;
import dev.offload.protocol.MessageReader;
import dev.offload.protocol.ProtocolException;

/**
 * The message that is coming, as far as it has come. Whatever goes wrong with it goes
 * wrong again for whoever tries next. Used by one thread at a time.
 */
final class Incoming {

	/** What is made for a body before any of it has come. */
	private static final int FIRST_BYTES = 1024 * 1024;

	/** By how much the room for a body grows each time it is full. */
	private static final int GROWTH = 32;

	private static final ByteBuffer[] NONE = {};

	private static final int[] NO_LENGTHS = {};

	/** Null before the head has come. */
	private @Nullable MessageReader head;

	/** Null before all of it has come. */
	private byte @Nullable [] body;

	/** The body or attachment that is coming, as far as there is room for it. */
	private byte @Nullable [] part;

	/** How much of the part has come. */
	private int read;

	private int[] lengths = NO_LENGTHS;

	private ByteBuffer[] attachments = NONE;

	/** How many attachments have come. */
	private int whole;

	// Whether its head has come, so that the rest is on its way.
	boolean isBegun() {
		return this.head != null;
	}

	/**
	 * Takes what has come.
	 * @param in what has come, of which nothing is left unless it is part of a head, or
	 * of the next message
	 * @param maxBody the longest body admitted, with its attachments
	 * @return the message, {@code null} if more has to come
	 * @throws ProtocolException if the bytes are wrong
	 */
	@Nullable Message take(ByteBuffer in, long maxBody) throws ProtocolException {
		MessageReader reader = this.head;
		if (reader == null) {
			if (in.remaining() < Frame.HEADER_BYTES) {
				return null;
			}
			reader = readHead(in, maxBody);
			this.head = reader;
		}
		byte[] bytes = takeBody(in, reader);
		if (bytes == null || !takeAttachments(in)) {
			return null;
		}
		Message message = reader.read(bytes, List.of(this.attachments));
		clear();
		return message;
	}

	private static MessageReader readHead(ByteBuffer in, long maxBody) throws ProtocolException {
		int start = in.position();
		try {
			return MessageReader.readHeader(in, maxBody);
		}
		catch (ProtocolException ex) {
			in.position(start);
			throw ex;
		}
	}

	private byte @Nullable [] takeBody(ByteBuffer in, MessageReader reader) throws ProtocolException {
		byte[] bytes = this.body;
		if (bytes == null) {
			bytes = takePart(in, reader.bodyLength());
			if (bytes != null) {
				this.lengths = reader.attachments(bytes);
				this.attachments = (this.lengths.length > 0) ? new ByteBuffer[this.lengths.length] : NONE;
				this.part = null;
				this.body = bytes;
			}
		}
		return bytes;
	}

	private boolean takeAttachments(ByteBuffer in) {
		while (this.whole < this.lengths.length) {
			byte[] bytes = takePart(in, this.lengths[this.whole]);
			if (bytes == null) {
				return false;
			}
			this.attachments[this.whole] = ByteBuffer.wrap(bytes);
			this.part = null;
			this.whole++;
		}
		return true;
	}

	// Makes room as the bytes come: who announces many and sends few takes little.
	private byte @Nullable [] takePart(ByteBuffer in, int length) {
		byte[] bytes = this.part;
		if (bytes == null) {
			bytes = new byte[firstRoom(length)];
			this.read = 0;
			this.part = bytes;
		}
		while (this.read < length && in.hasRemaining()) {
			if (this.read == bytes.length) {
				bytes = Arrays.copyOf(bytes, (int) Math.min(length, (long) GROWTH * bytes.length));
				this.part = bytes;
			}
			int count = Math.min(in.remaining(), bytes.length - this.read);
			in.get(bytes, this.read, count);
			this.read += count;
		}
		return (this.read == length) ? bytes : null;
	}

	// So that the last copy, to the full length, is of a small part of it.
	private static int firstRoom(int length) {
		int room = length;
		while (room > FIRST_BYTES) {
			room = room / GROWTH + 1;
		}
		return room;
	}

	private void clear() {
		this.head = null;
		this.body = null;
		this.lengths = NO_LENGTHS;
		this.attachments = NONE;
		this.whole = 0;
	}

}
