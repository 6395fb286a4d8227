package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;

import org.jspecify.annotations.Nullable;

/**
 * The values that most calls consist of, written with a tag each and without an object
 * stream: {@code null}, boxed primitives, strings and byte arrays.
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

	private SimpleValues() {
	}

	// Whether all values are simple. A byte array that is there twice is not: it has to
	// arrive as one.
	static boolean areSimple(@Nullable Object[] values) {
		for (int i = 0; i < values.length; i++) {
			if (!isSimple(values[i]) || isRepeated(values, i)) {
				return false;
			}
		}
		return true;
	}

	// The identity is what counts here.
	@SuppressWarnings("ReferenceEquality")
	private static boolean isRepeated(@Nullable Object[] values, int index) {
		if (values[index] instanceof byte[] bytes) {
			for (int i = 0; i < index; i++) {
				if (values[i] == bytes) {
					return true;
				}
			}
		}
		return false;
	}

	static boolean isSimple(@Nullable Object value) {
		return value == null || value instanceof String || value instanceof byte[] || value instanceof Integer
				|| value instanceof Long || value instanceof Boolean || value instanceof Double || value instanceof Byte
				|| value instanceof Short || value instanceof Character || value instanceof Float;
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
			out.writeString(text);
		}
		else if (value instanceof byte[] bytes) {
			out.writeByte(BYTES);
			out.writeBytes(bytes);
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
		int tag = in.readByte();
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
			default -> throw new StreamCorruptedException("unknown kind of value " + tag);
		};
	}

}
