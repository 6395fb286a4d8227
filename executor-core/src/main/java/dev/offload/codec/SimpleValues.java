package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.jspecify.annotations.Nullable;

/**
 * The values that most calls consist of, written with a tag each and without an object
 * stream: {@code null}, boxed primitives, strings, buffers of bytes, and arrays of bytes
 * and numbers. What is large of them is attached.
 */
final class SimpleValues {

	private static final int NULL = 0;

	private static final int FALSE = 1;

	private static final int TRUE = 2;

	private static final int BYTE = 3;

	private static final int SHORT = 4;

	private static final int CHAR = 5;

	private static final int INT = 6;

	private static final int LONG = 7;

	private static final int FLOAT = 8;

	private static final int DOUBLE = 9;

	private static final int STRING = 10;

	private static final int BYTES = 11;

	private static final int BUFFER = 12;

	/** With the tag, a form and a length. */
	private static final int TEXT_BYTES = 6;

	/** With the tag. */
	private static final int NUMBER_BYTES = 5;

	/** With the tag. */
	private static final int LARGE_NUMBER_BYTES = 9;

	/** The same object as an earlier value. */
	private static final int REPEATED = 13;

	private SimpleValues() {
	}

	static boolean areSimple(@Nullable Object[] values) {
		for (Object value : values) {
			if (!isSimple(value)) {
				return false;
			}
		}
		return true;
	}

	static boolean isSimple(@Nullable Object value) {
		return value == null || value instanceof String || isShared(value) || value instanceof Integer
				|| value instanceof Long || value instanceof Boolean || value instanceof Double || value instanceof Byte
				|| value instanceof Short || value instanceof Character || value instanceof Float;
	}

	// Whether it matters that a value which is there twice arrives as one.
	private static boolean isShared(@Nullable Object value) {
		return value instanceof byte[] || value instanceof ByteBuffer || NumberArrays.matches(value);
	}

	// How many bytes it takes as a rule, which spares a larger array and a copy out of
	// it.
	static int expectedBytes(@Nullable Object value) {
		if (value instanceof String text) {
			return (text.length() < PayloadWriter.ATTACHED_BYTES) ? TEXT_BYTES + text.length() : TEXT_BYTES;
		}
		if (value instanceof byte[] bytes) {
			return (bytes.length < PayloadWriter.ATTACHED_BYTES) ? NUMBER_BYTES + bytes.length : NUMBER_BYTES;
		}
		if (value == null || value instanceof Boolean) {
			return 1;
		}
		return (value instanceof Long || value instanceof Double) ? LARGE_NUMBER_BYTES : NUMBER_BYTES;
	}

	static void writeAll(PayloadWriter out, @Nullable Object[] values) throws IOException {
		for (int i = 0; i < values.length; i++) {
			int first = indexOf(values, values[i]);
			if (first < i && isShared(values[i])) {
				writeSmall(out, REPEATED, first);
			}
			else {
				write(out, values[i]);
			}
		}
	}

	// The identity is what counts here.
	@SuppressWarnings("ReferenceEquality")
	private static int indexOf(@Nullable Object[] values, @Nullable Object value) {
		int index = 0;
		while (values[index] != value) {
			index++;
		}
		return index;
	}

	static @Nullable Object[] readAll(PayloadReader in) throws IOException {
		@Nullable Object[] values = new @Nullable Object[in.readCount()];
		for (int i = 0; i < values.length; i++) {
			int tag = in.readByte();
			values[i] = (tag != REPEATED) ? read(tag, in) : values[readIndex(in, i)];
		}
		return values;
	}

	private static int readIndex(PayloadReader in, int end) throws IOException {
		int index = in.readInt();
		if (index < 0 || index >= end) {
			throw new StreamCorruptedException("no earlier value " + index);
		}
		return index;
	}

	static void write(PayloadWriter out, @Nullable Object value) throws IOException {
		if (value == null) {
			out.writeByte(NULL);
		}
		else if (value instanceof Boolean flag) {
			out.writeByte(flag ? TRUE : FALSE);
		}
		else if (value instanceof String text) {
			out.writeByte(STRING);
			out.writeText(text);
		}
		else if (value instanceof byte[] bytes) {
			out.writeByte(BYTES);
			out.writeBytes(bytes);
		}
		else if (value instanceof ByteBuffer buffer) {
			out.writeByte(BUFFER);
			out.writeByte((buffer.order() == ByteOrder.BIG_ENDIAN) ? 0 : 1);
			out.writeBytes(buffer);
		}
		else if (NumberArrays.matches(value)) {
			NumberArrays.write(out, value);
		}
		else {
			writeNumber(out, value);
		}
	}

	private static void writeNumber(PayloadWriter out, Object value) throws IOException {
		if (value instanceof Character unit) {
			writeSmall(out, CHAR, unit);
		}
		else if (value instanceof Byte number) {
			writeSmall(out, BYTE, number);
		}
		else if (value instanceof Short number) {
			writeSmall(out, SHORT, number);
		}
		else if (value instanceof Integer number) {
			writeSmall(out, INT, number);
		}
		else if (value instanceof Float number) {
			writeSmall(out, FLOAT, Float.floatToRawIntBits(number));
		}
		else if (value instanceof Double number) {
			writeLarge(out, DOUBLE, Double.doubleToRawLongBits(number));
		}
		else {
			writeLarge(out, LONG, (Long) value);
		}
	}

	private static void writeSmall(PayloadWriter out, int tag, int value) throws IOException {
		out.writeByte(tag);
		out.writeInt(value);
	}

	private static void writeLarge(PayloadWriter out, int tag, long value) throws IOException {
		out.writeByte(tag);
		out.writeLong(value);
	}

	static @Nullable Object read(PayloadReader in) throws IOException {
		return read(in.readByte(), in);
	}

	private static @Nullable Object read(int tag, PayloadReader in) throws IOException {
		return switch (tag) {
			case NULL -> null;
			case FALSE -> false;
			case TRUE -> true;
			case BYTE -> (byte) in.readInt();
			case SHORT -> (short) in.readInt();
			case CHAR -> (char) in.readInt();
			case INT -> in.readInt();
			case LONG -> in.readLong();
			case FLOAT -> Float.intBitsToFloat(in.readInt());
			case DOUBLE -> Double.longBitsToDouble(in.readLong());
			case STRING -> in.readName();
			case BYTES -> in.readBytes();
			case BUFFER -> readBuffer(in);
			case NumberArrays.INTS -> NumberArrays.readInts(in);
			case NumberArrays.LONGS -> NumberArrays.readLongs(in);
			case NumberArrays.FLOATS -> NumberArrays.readFloats(in);
			case NumberArrays.DOUBLES -> NumberArrays.readDoubles(in);
			default -> throw new StreamCorruptedException("unknown kind of value " + tag);
		};
	}

	private static ByteBuffer readBuffer(PayloadReader in) throws IOException {
		ByteOrder order = (in.readByte() == 0) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		return ByteBuffer.wrap(in.readBytes()).order(order);
	}

}
