package dev.offload.codec;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link PayloadWriter} wrote. Each announced length is compared with the
 * bytes that are left before anything is allocated.
 */
final class PayloadReader {

	private final byte[] payload;

	private int position;

	PayloadReader(byte[] payload, int position) {
		this.payload = payload;
		this.position = position;
	}

	int position() {
		return this.position;
	}

	int remaining() {
		return this.payload.length - this.position;
	}

	ByteArrayInputStream rest() {
		return new ByteArrayInputStream(this.payload, this.position, remaining());
	}

	int readByte() throws IOException {
		require(1);
		return this.payload[this.position++];
	}

	int readInt() throws IOException {
		require(4);
		int value = 0;
		for (int i = 0; i < 4; i++) {
			value = (value << 8) | (this.payload[this.position++] & 0xFF);
		}
		return value;
	}

	long readLong() throws IOException {
		long high = readInt();
		return (high << 32) | (readInt() & 0xFFFFFFFFL);
	}

	// A number of things that follow, each of which takes one byte at least.
	int readCount() throws IOException {
		int count = readInt();
		require(count);
		return count;
	}

	byte[] readBytes() throws IOException {
		int length = readCount();
		this.position += length;
		return Arrays.copyOfRange(this.payload, this.position - length, this.position);
	}

	@Nullable String readString() throws IOException {
		int form = readByte();
		if (form == PayloadWriter.NO_STRING) {
			return null;
		}
		if (form != PayloadWriter.UTF_8 && form != PayloadWriter.UTF_16) {
			throw new StreamCorruptedException("unknown form of string " + form);
		}
		int length = readCount();
		int start = this.position;
		this.position += length;
		return (form == PayloadWriter.UTF_8) ? new String(this.payload, start, length, StandardCharsets.UTF_8)
				: fromUtf16(start, length);
	}

	String readName() throws IOException {
		String name = readString();
		if (name == null) {
			throw new StreamCorruptedException("a name is missing");
		}
		return name;
	}

	void requireEnd() throws IOException {
		if (remaining() != 0) {
			throw new StreamCorruptedException(remaining() + " bytes too many");
		}
	}

	private String fromUtf16(int start, int length) throws IOException {
		if (length % 2 != 0) {
			throw new StreamCorruptedException("half a character");
		}
		char[] units = new char[length / 2];
		for (int i = 0; i < units.length; i++) {
			int at = start + 2 * i;
			units[i] = (char) ((this.payload[at] << 8) | (this.payload[at + 1] & 0xFF));
		}
		return new String(units);
	}

	private void require(int length) throws IOException {
		if (length < 0) {
			throw new StreamCorruptedException("negative length " + length);
		}
		if (length > remaining()) {
			throw new EOFException(length + " bytes announced, " + remaining() + " left");
		}
	}

}
