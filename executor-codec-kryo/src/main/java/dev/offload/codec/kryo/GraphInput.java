package dev.offload.codec.kryo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import org.jspecify.annotations.Nullable;

import dev.offload.codec.PayloadLimitException;

/**
 * Reads from a stream. Each announced length is compared with the bytes that are left
 * before anything is allocated. Used by one thread at a time.
 */
final class GraphInput extends Input {

	/** The strings that may be named again. */
	private final List<String> strings = new ArrayList<>();

	private @Nullable ReadScope scope;

	GraphInput() {
		super(GraphOutput.BUFFER);
	}

	void begin(InputStream source, ReadScope reading) {
		this.strings.clear();
		this.scope = reading;
		setInputStream(source);
	}

	void finish() {
		this.strings.clear();
		this.scope = null;
		setInputStream(InputStream.nullInputStream());
	}

	ReadScope scope() {
		ReadScope reading = this.scope;
		if (reading == null) {
			throw new IllegalStateException("Nothing is read");
		}
		return reading;
	}

	// A number of elements that follow, each of which takes one byte at least.
	int readElements() {
		return scope().elements(readVarInt(true));
	}

	@Override
	protected int fill(byte[] target, int offset, int count) throws KryoException {
		int read = super.fill(target, offset, count);
		if (read > 0 && total() + read > scope().available() + target.length) {
			throw scope().refuse(PayloadLimitException.ofBytes(scope().scope().limits().maxBytes()));
		}
		return read;
	}

	private int require(int length, int size) {
		long bytes = (long) length * size;
		// To ask the source takes longer.
		if (length < 0 || (bytes > this.limit - this.position && bytes > left())) {
			throw scope().tooLong(length);
		}
		return length;
	}

	private long left() {
		try {
			InputStream source = getInputStream();
			return (source instanceof ByteArrayInputStream) ? (long) this.limit - this.position + source.available()
					: scope().available() - total();
		}
		catch (IOException ex) {
			throw Failures.wrap(ex);
		}
	}

	@Override
	public @Nullable String readString() {
		int header = readVarInt(true);
		int form = header & GraphOutput.FORMS;
		int length = header >>> GraphOutput.FORM_BITS;
		if (form == GraphOutput.KNOWN) {
			return known(length);
		}
		if (form == GraphOutput.NONE) {
			return null;
		}
		require(length, 1);
		String value = (form == GraphOutput.LATIN) ? readLatin(length) : readUtf16(length);
		if (GraphOutput.isRepeatable(value)) {
			this.strings.add(value);
		}
		return value;
	}

	private String known(int index) {
		if (index >= this.strings.size()) {
			throw new KryoException("no string " + index);
		}
		return this.strings.get(index);
	}

	private String readLatin(int length) {
		if (length > this.capacity) {
			return new String(readBytes(length), StandardCharsets.ISO_8859_1);
		}
		require(length);
		String value = new String(this.buffer, this.position, length, StandardCharsets.ISO_8859_1);
		this.position += length;
		return value;
	}

	private String readUtf16(int length) {
		byte[] bytes = readBytes(require(length, 2) * 2);
		char[] units = new char[length];
		for (int i = 0; i < length; i++) {
			units[i] = (char) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xFF));
		}
		return new String(units);
	}

	@Override
	public StringBuilder readStringBuilder() {
		String value = readString();
		return new StringBuilder((value != null) ? value : "");
	}

	@Override
	public byte[] readBytes(int length) {
		return super.readBytes(require(length, Byte.BYTES));
	}

	@Override
	public boolean[] readBooleans(int length) {
		return super.readBooleans(require(length, Byte.BYTES));
	}

	@Override
	public char[] readChars(int length) {
		return super.readChars(require(length, Character.BYTES));
	}

	@Override
	public short[] readShorts(int length) {
		return super.readShorts(require(length, Short.BYTES));
	}

	@Override
	public int[] readInts(int length) {
		return super.readInts(require(length, Integer.BYTES));
	}

	@Override
	public long[] readLongs(int length) {
		return super.readLongs(require(length, Long.BYTES));
	}

	@Override
	public float[] readFloats(int length) {
		return super.readFloats(require(length, Float.BYTES));
	}

	@Override
	public double[] readDoubles(int length) {
		return super.readDoubles(require(length, Double.BYTES));
	}

	// With a variable length each takes one byte at least.
	@Override
	public int[] readInts(int length, boolean optimizePositive) {
		return super.readInts(require(length, Byte.BYTES), optimizePositive);
	}

	@Override
	public long[] readLongs(int length, boolean optimizePositive) {
		return super.readLongs(require(length, Byte.BYTES), optimizePositive);
	}

}
