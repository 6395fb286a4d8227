package dev.offload.codec;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Arrays of numbers as bytes, all at once: an object stream writes and reads one number
 * after the other.
 */
final class NumberArrays {

	static final int INTS = 14;

	static final int LONGS = 15;

	static final int FLOATS = 16;

	static final int DOUBLES = 17;

	private NumberArrays() {
	}

	static boolean matches(@Nullable Object value) {
		return value instanceof int[] || value instanceof long[] || value instanceof float[]
				|| value instanceof double[];
	}

	static void write(PayloadWriter out, Object array) throws IOException {
		if (array instanceof int[] ints) {
			byte[] bytes = bytes(ints.length, Integer.BYTES);
			ByteBuffer.wrap(bytes).asIntBuffer().put(ints);
			write(out, INTS, bytes);
		}
		else if (array instanceof long[] longs) {
			byte[] bytes = bytes(longs.length, Long.BYTES);
			ByteBuffer.wrap(bytes).asLongBuffer().put(longs);
			write(out, LONGS, bytes);
		}
		else if (array instanceof float[] floats) {
			byte[] bytes = bytes(floats.length, Float.BYTES);
			ByteBuffer.wrap(bytes).asFloatBuffer().put(floats);
			write(out, FLOATS, bytes);
		}
		else {
			double[] doubles = (double[]) array;
			byte[] bytes = bytes(doubles.length, Double.BYTES);
			ByteBuffer.wrap(bytes).asDoubleBuffer().put(doubles);
			write(out, DOUBLES, bytes);
		}
	}

	private static void write(PayloadWriter out, int tag, byte[] bytes) throws IOException {
		out.writeByte(tag);
		out.writeBytes(bytes);
	}

	private static byte[] bytes(int length, int size) throws IOException {
		if (length > (Integer.MAX_VALUE - 8) / size) {
			throw PayloadLimitException.ofShape("an array of " + length + " numbers is too long");
		}
		return new byte[length * size];
	}

	static int[] readInts(PayloadReader in) throws IOException {
		ByteBuffer bytes = in.readValues(Integer.BYTES);
		int[] ints = new int[bytes.remaining() / Integer.BYTES];
		bytes.asIntBuffer().get(ints);
		return ints;
	}

	static long[] readLongs(PayloadReader in) throws IOException {
		ByteBuffer bytes = in.readValues(Long.BYTES);
		long[] longs = new long[bytes.remaining() / Long.BYTES];
		bytes.asLongBuffer().get(longs);
		return longs;
	}

	static float[] readFloats(PayloadReader in) throws IOException {
		ByteBuffer bytes = in.readValues(Float.BYTES);
		float[] floats = new float[bytes.remaining() / Float.BYTES];
		bytes.asFloatBuffer().get(floats);
		return floats;
	}

	static double[] readDoubles(PayloadReader in) throws IOException {
		ByteBuffer bytes = in.readValues(Double.BYTES);
		double[] doubles = new double[bytes.remaining() / Double.BYTES];
		bytes.asDoubleBuffer().get(doubles);
		return doubles;
	}

}
