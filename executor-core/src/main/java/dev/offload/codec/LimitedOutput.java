package dev.offload.codec;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes in memory, up to a limit. It is over the limit for good once it was: code of the
 * application that swallows the error does not get a cut payload through.
 */
final class LimitedOutput extends OutputStream {

	private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

	private final long limit;

	private byte[] bytes = new byte[256];

	private int size;

	private boolean exceeded;

	LimitedOutput(long limit) {
		this.limit = Math.min(limit, LARGEST_ARRAY);
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

	int size() {
		return this.size;
	}

	byte[] toByteArray() throws PayloadLimitException {
		if (this.exceeded) {
			throw PayloadLimitException.ofBytes(this.limit);
		}
		return Arrays.copyOf(this.bytes, this.size);
	}

	private void reserve(int more) throws PayloadLimitException {
		long needed = (long) this.size + more;
		if (this.exceeded || needed > this.limit) {
			this.exceeded = true;
			throw PayloadLimitException.ofBytes(this.limit);
		}
		if (needed > this.bytes.length) {
			long grown = Math.min(Math.max(needed, 2L * this.bytes.length), this.limit);
			this.bytes = Arrays.copyOf(this.bytes, (int) grown);
		}
	}

}
