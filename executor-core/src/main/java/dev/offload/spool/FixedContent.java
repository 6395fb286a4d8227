package dev.offload.spool;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * As many bytes of a file as it had when it was taken over: a worker that has it open may
 * still write to it. Used by one thread.
 */
final class FixedContent extends FilterInputStream {

	private final long length;

	private long left;

	FixedContent(InputStream in, long length) {
		super(in);
		this.length = length;
		this.left = length;
	}

	@Override
	public int read() throws IOException {
		if (this.left == 0) {
			return -1;
		}
		int read = super.read();
		counted((read >= 0) ? 1 : -1);
		return read;
	}

	@Override
	public int read(byte[] bytes, int offset, int count) throws IOException {
		if (this.left == 0) {
			return (count == 0) ? 0 : -1;
		}
		int read = super.read(bytes, offset, (int) Math.min(count, this.left));
		counted(read);
		return read;
	}

	@Override
	public long skip(long count) throws IOException {
		long skipped = 0;
		byte[] unused = new byte[(int) Math.max(0, Math.min(8192, count))];
		int read = (count > 0) ? 0 : -1;
		while (read >= 0 && skipped < count) {
			read = read(unused, 0, (int) Math.min(unused.length, count - skipped));
			skipped += Math.max(0, read);
		}
		return skipped;
	}

	@Override
	public int available() throws IOException {
		return (int) Math.min(super.available(), this.left);
	}

	@Override
	public boolean markSupported() {
		return false;
	}

	private void counted(int read) throws IOException {
		if (read < 0) {
			throw new IOException("The result ends after " + (this.length - this.left) + " of " + this.length
					+ " bytes: its worker has cut it off");
		}
		this.left -= read;
	}

}
