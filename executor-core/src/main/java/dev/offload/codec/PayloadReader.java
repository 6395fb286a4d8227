package dev.offload.codec;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.Payload;

/**
 * Reads what {@link PayloadWriter} wrote. Each announced length is compared with the
 * bytes that are left before anything is allocated.
 */
final class PayloadReader {

	private final byte[] payload;

	private final int end;

	private final List<ByteBuffer> attachments;

	private int position;

	private int attachment;

	PayloadReader(Payload payload) {
		this(payload, payload.start());
	}

	// From a position in the array in which its head lies.
	PayloadReader(Payload payload, int position) {
		this.payload = payload.bytes();
		this.end = payload.start() + payload.length();
		this.attachments = payload.attachments();
		this.position = position;
	}

	int position() {
		return this.position;
	}

	int remaining() {
		return this.end - this.position;
	}

	// What is left, which is all: nobody reads attachments after it.
	ByteArrayInputStream rest() throws IOException {
		requireNoAttachment();
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

	// As many values of a size, as the bytes of a buffer at whose start they are.
	ByteBuffer readValues(int size) throws IOException {
		ByteBuffer values;
		int length = readInt();
		if (length == PayloadWriter.ATTACHED) {
			values = readAttachment().slice();
		}
		else {
			require(length);
			values = ByteBuffer.wrap(this.payload, this.position, length).slice();
			this.position += length;
		}
		if (values.remaining() % size != 0) {
			throw new StreamCorruptedException(values.remaining() + " bytes are no array of " + size + " bytes each");
		}
		return values;
	}

	byte[] readBytes() throws IOException {
		int length = readInt();
		if (length == PayloadWriter.ATTACHED) {
			return Payload.bytesOf(readAttachment());
		}
		require(length);
		this.position += length;
		return Arrays.copyOfRange(this.payload, this.position - length, this.position);
	}

	private ByteBuffer readAttachment() throws IOException {
		if (this.attachment == this.attachments.size()) {
			throw new EOFException("an attachment announced, none left");
		}
		return this.attachments.get(this.attachment++);
	}

	@Nullable String readString() throws IOException {
		int form = readByte();
		if (form == PayloadWriter.NO_STRING) {
			return null;
		}
		if (form == PayloadWriter.ATTACHED_UTF_8) {
			return new String(Payload.bytesOf(readAttachment()), StandardCharsets.UTF_8);
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
		requireNoAttachment();
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

	private void requireNoAttachment() throws IOException {
		int left = this.attachments.size() - this.attachment;
		if (left > 0) {
			throw new StreamCorruptedException(left + " attachments too many");
		}
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
