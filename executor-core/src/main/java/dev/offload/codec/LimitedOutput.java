package dev.offload.codec;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.offload.spi.Payload;

/**
 * A payload in the making, in memory and up to a limit on its bytes. It is over the limit
 * for good once it was: code of the application that swallows the error does not get a
 * cut payload through.
 */
final class LimitedOutput extends OutputStream {

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	/** What is made for objects, whose size nobody knows. */
	private static final int FIRST_BYTES = 256;

	/** The part of a payload that may be too much. */
	private static final int TOLERATED = 4;

	private static final byte[] NONE = {};

	private final long limit;

	private byte[] bytes = NONE;

	private int size;

	private List<ByteBuffer> attachments = List.of();

	private long attached;

	private boolean exceeded;

	LimitedOutput(long limit) {
		this.limit = Math.min(limit, LARGEST_ARRAY);
	}

	// Makes room for as many bytes, and no more: they will all be written.
	void expect(long more) {
		long needed = this.size + more;
		if (needed > this.bytes.length && needed <= this.limit) {
			this.bytes = Arrays.copyOf(this.bytes, (int) needed);
		}
	}

	void writeInt(int value) throws PayloadLimitException {
		reserve(Integer.BYTES);
		this.bytes[this.size++] = (byte) (value >>> 24);
		this.bytes[this.size++] = (byte) (value >>> 16);
		this.bytes[this.size++] = (byte) (value >>> 8);
		this.bytes[this.size++] = (byte) value;
	}

	@Override
	public void write(int value) throws PayloadLimitException {
		reserve(1);
		this.bytes[this.size++] = (byte) value;
	}

	@Override
	public void write(byte[] source, int offset, int length) throws PayloadLimitException {
		reserve(length);
		System.arraycopy(source, offset, this.bytes, this.size, length);
		this.size += length;
	}

	// Adds what is not copied.
	void attach(ByteBuffer attachment) throws PayloadLimitException {
		require(attachment.remaining());
		if (this.attachments.isEmpty()) {
			this.attachments = new ArrayList<>();
		}
		this.attachments.add(attachment);
		this.attached += attachment.remaining();
	}

	int attachments() {
		return this.attachments.size();
	}

	// How large its head is by now.
	int size() {
		return this.size;
	}

	byte[] toByteArray() throws PayloadLimitException {
		if (this.exceeded) {
			throw PayloadLimitException.ofBytes(this.limit);
		}
		return Arrays.copyOf(this.bytes, this.size);
	}

	// Without a copy where little is left of what was made.
	Payload toPayload() throws PayloadLimitException {
		boolean tight = !this.exceeded && this.bytes.length - this.size <= this.size / TOLERATED;
		return new Payload(tight ? this.bytes : toByteArray(), 0, this.size, this.attachments);
	}

	private void require(int more) throws PayloadLimitException {
		if (this.exceeded || this.size + this.attached + more > this.limit) {
			this.exceeded = true;
			throw PayloadLimitException.ofBytes(this.limit);
		}
	}

	private void reserve(int more) throws PayloadLimitException {
		require(more);
		int needed = this.size + more;
		if (needed > this.bytes.length) {
			long grown = Math.min(Math.max(needed, Math.max(FIRST_BYTES, 2L * this.bytes.length)), this.limit);
			this.bytes = Arrays.copyOf(this.bytes, (int) grown);
		}
	}

}
