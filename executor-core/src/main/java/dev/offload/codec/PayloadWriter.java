package dev.offload.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.Payload;

/**
 * Writes the parts of a payload that need no object stream. {@link PayloadReader} reads
 * them.
 */
final class PayloadWriter {

	static final int NO_STRING = 0;

	static final int UTF_8 = 1;

	static final int UTF_16 = 2;

	static final int ATTACHED_UTF_8 = 3;

	/** In the place of a length: the bytes are the next attachment. */
	static final int ATTACHED = -1;

	/** From how many bytes on it costs less to attach them than to copy them. */
	static final int ATTACHED_BYTES = 8 * 1024;

	private static final int MAX_UTF_16_LENGTH = (Integer.MAX_VALUE - 8) / 2;

	private final LimitedOutput out;

	PayloadWriter(LimitedOutput out) {
		this.out = out;
	}

	void writeByte(int value) throws IOException {
		this.out.write(value);
	}

	void writeInt(int value) throws IOException {
		this.out.writeInt(value);
	}

	void writeLong(long value) throws IOException {
		writeInt((int) (value >>> 32));
		writeInt((int) value);
	}

	void writeBytes(byte[] value) throws IOException {
		if (isAttached(value.length)) {
			writeInt(ATTACHED);
			this.out.attach(ByteBuffer.wrap(value));
			return;
		}
		writeCopied(value);
	}

	// Writes what is left in the buffer, and leaves it as it is. What is no array is
	// copied: only some threads may read it, or only for a while.
	void writeBytes(ByteBuffer value) throws IOException {
		if (value.hasArray() && isAttached(value.remaining())) {
			writeInt(ATTACHED);
			this.out.attach(value.slice());
			return;
		}
		byte[] bytes = new byte[value.remaining()];
		value.get(value.position(), bytes);
		writeBytes(bytes);
	}

	private boolean isAttached(int length) {
		return length >= ATTACHED_BYTES && this.out.attachments() < Payload.MAX_ATTACHMENTS;
	}

	// Writes a string that may be long, and is attached then.
	void writeText(String value) throws IOException {
		if (value.length() >= ATTACHED_BYTES && !hasLoneSurrogate(value)) {
			writeUtf8(value.getBytes(StandardCharsets.UTF_8));
		}
		else {
			writeString(value);
		}
	}

	void writeString(@Nullable String value) throws IOException {
		if (value == null) {
			writeByte(NO_STRING);
		}
		else if (hasLoneSurrogate(value)) {
			writeByte(UTF_16);
			writeCopied(toUtf16(value));
		}
		else {
			writeByte(UTF_8);
			writeCopied(value.getBytes(StandardCharsets.UTF_8));
		}
	}

	private void writeUtf8(byte[] value) throws IOException {
		if (isAttached(value.length)) {
			writeByte(ATTACHED_UTF_8);
			this.out.attach(ByteBuffer.wrap(value));
			return;
		}
		writeByte(UTF_8);
		writeCopied(value);
	}

	private void writeCopied(byte[] value) throws IOException {
		writeInt(value.length);
		this.out.write(value, 0, value.length);
	}

	// Such a string, legal in Java, would come back changed from UTF-8.
	private static boolean hasLoneSurrogate(String value) {
		int i = 0;
		while (i < value.length()) {
			char unit = value.charAt(i);
			if (!Character.isSurrogate(unit)) {
				i++;
				continue;
			}
			boolean pair = i + 1 < value.length() && Character.isSurrogatePair(unit, value.charAt(i + 1));
			if (!pair) {
				return true;
			}
			i += 2;
		}
		return false;
	}

	private static byte[] toUtf16(String value) throws IOException {
		if (value.length() > MAX_UTF_16_LENGTH) {
			throw PayloadLimitException.ofShape("a string of " + value.length() + " characters is too long");
		}
		byte[] bytes = new byte[2 * value.length()];
		for (int i = 0; i < value.length(); i++) {
			bytes[2 * i] = (byte) (value.charAt(i) >>> 8);
			bytes[2 * i + 1] = (byte) value.charAt(i);
		}
		return bytes;
	}

}
