package dev.offload.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of a payload that need no object stream. {@link PayloadReader} reads
 * them.
 */
final class PayloadWriter {

	static final int NO_STRING = 0;

	static final int UTF_8 = 1;

	static final int UTF_16 = 2;

	private static final int MAX_UTF_16_LENGTH = (Integer.MAX_VALUE - 8) / 2;

	private final LimitedOutput out;

	PayloadWriter(LimitedOutput out) {
		this.out = out;
	}

	void writeByte(int value) throws IOException {
		this.out.write(value);
	}

	void writeInt(int value) throws IOException {
		this.out.write(value >>> 24);
		this.out.write(value >>> 16);
		this.out.write(value >>> 8);
		this.out.write(value);
	}

	void writeLong(long value) throws IOException {
		writeInt((int) (value >>> 32));
		writeInt((int) value);
	}

	void writeBytes(byte[] value) throws IOException {
		writeInt(value.length);
		this.out.write(value, 0, value.length);
	}

	void writeString(@Nullable String value) throws IOException {
		if (value == null) {
			writeByte(NO_STRING);
		}
		else if (hasLoneSurrogate(value)) {
			writeByte(UTF_16);
			writeBytes(toUtf16(value));
		}
		else {
			writeByte(UTF_8);
			writeBytes(value.getBytes(StandardCharsets.UTF_8));
		}
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
