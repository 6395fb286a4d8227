package dev.offload.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes in the making, up to a limit. They are over it for good once they were.
 */
final class LimitedBytes extends OutputStream {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final long limit;

	private boolean exceeded;

	LimitedBytes(long limit) {
		this.limit = limit;
	}

	@Override
	public void write(int value) throws IOException {
		require(1);
		this.bytes.write(value);
	}

	@Override
	public void write(byte[] source, int offset, int length) throws IOException {
		require(length);
		this.bytes.write(source, offset, length);
	}

	byte[] toByteArray() throws IOException {
		require(0);
		return this.bytes.toByteArray();
	}

	private void require(int more) throws IOException {
		this.exceeded |= (long) this.bytes.size() + more > this.limit;
		if (this.exceeded) {
			throw new IOException("it has more than " + this.limit + " bytes; raise offload.tasks.max-result-size");
		}
	}

}
