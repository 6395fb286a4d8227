package dev.offload.codec.kryo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a stream. Used by one thread at a time.
 */
final class GraphOutput extends Output {

	static final int BUFFER = 16 * 1024;

	static final int FORM_BITS = 2;

	static final int FORMS = 3;

	static final int LATIN = 0;

	static final int UTF_16 = 1;

	/** One that was written before; its index follows. */
	static final int KNOWN = 2;

	static final int NONE = 3;

	/** Shorter ones are written again rather than looked for. */
	private static final int LEAST_REPEATABLE = 64;

	private static final int MAX_KEPT = 2048;

	private static final int MAX_LATIN = 0xFF;

	/** Longer ones are looked at before they are copied, by what the JDK has for both. */
	private static final int MAX_TRIED = 256;

	private static final int MAX_HEADER = 5;

	private static final int MAX_LENGTH = Integer.MAX_VALUE >>> FORM_BITS;

	private final IdentityObjectIntMap<String> strings = new IdentityObjectIntMap<>();

	GraphOutput() {
		super(BUFFER);
	}

	void begin(OutputStream target) {
		this.strings.clear();
		setOutputStream(target);
	}

	void finish() {
		this.strings.clear(MAX_KEPT);
		setOutputStream(OutputStream.nullOutputStream());
	}

	static boolean isRepeatable(String value) {
		return value.length() >= LEAST_REPEATABLE;
	}

	@Override
	public void writeString(@Nullable String value) {
		if (value == null) {
			writeVarInt(NONE, true);
			return;
		}
		if (isRepeatable(value)) {
			int known = this.strings.get(value, -1);
			if (known >= 0) {
				writeVarInt(header(known, KNOWN), true);
				return;
			}
			this.strings.put(value, this.strings.size);
		}
		writeNew(value);
	}

	@Override
	public void writeAscii(@Nullable String value) {
		writeString(value);
	}

	private void writeNew(String value) {
		int length = value.length();
		if (length > MAX_LENGTH) {
			throw Failures.wrap(new IOException("a string of " + length + " characters is too long"));
		}
		if (length <= MAX_TRIED && writeShort(value, length)) {
			return;
		}
		if (!isLatin(value)) {
			writeVarInt(header(length, UTF_16), true);
			writeUtf16(value);
			return;
		}
		writeVarInt(header(length, LATIN), true);
		writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
	}

	// In one go: that all characters are Latin ones is known when they are there.
	private boolean writeShort(String value, int length) {
		require(length + MAX_HEADER);
		int start = this.position;
		writeVarInt(header(length, LATIN), true);
		byte[] target = this.buffer;
		int to = this.position;
		int all = 0;
		for (int i = 0; i < length; i++) {
			char unit = value.charAt(i);
			all |= unit;
			target[to + i] = (byte) unit;
		}
		this.position = (all <= MAX_LATIN) ? to + length : start;
		return all <= MAX_LATIN;
	}

	private void writeUtf16(String value) {
		for (int i = 0; i < value.length(); i++) {
			require(2);
			this.buffer[this.position++] = (byte) (value.charAt(i) >>> 8);
			this.buffer[this.position++] = (byte) value.charAt(i);
		}
	}

	private static int header(int number, int form) {
		return (number << FORM_BITS) | form;
	}

	private static boolean isLatin(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (value.charAt(i) > MAX_LATIN) {
				return false;
			}
		}
		return true;
	}

}
