package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;

/**
 * The objects of a payload: simple values by themselves, all others by the codec.
 */
final class PayloadBody {

	private static final int SIMPLE = 0;

	private static final int OBJECT = 1;

	/** An {@link Optional}, which Java does not serialize; what it holds follows. */
	private static final int OPTIONAL = 2;

	private final PayloadCodec codec;

	PayloadBody(PayloadCodec codec) {
		this.codec = codec;
	}

	void writeObject(LimitedOutput out, @Nullable Object value) throws IOException {
		this.codec.encode(value, out);
	}

	@Nullable Object readObject(PayloadReader in, PayloadScope scope) throws IOException, ClassNotFoundException {
		return this.codec.decode(in.rest(), scope);
	}

	// Writes a result, which is the one place where an Optional belongs.
	void writeValue(LimitedOutput out, @Nullable Object value) throws IOException {
		if (value instanceof Optional<?> optional) {
			out.write(OPTIONAL);
			writePlain(out, optional.orElse(null));
			return;
		}
		writePlain(out, value);
	}

	private void writePlain(LimitedOutput out, @Nullable Object value) throws IOException {
		if (SimpleValues.isSimple(value)) {
			out.expect(1 + SimpleValues.expectedBytes(value));
			out.write(SIMPLE);
			SimpleValues.write(new PayloadWriter(out), value);
			return;
		}
		out.write(OBJECT);
		writeObject(out, value);
	}

	@Nullable Object readValue(PayloadReader in, PayloadScope scope) throws IOException, ClassNotFoundException {
		int form = in.readByte();
		return (form == OPTIONAL) ? Optional.ofNullable(readPlain(in.readByte(), in, scope))
				: readPlain(form, in, scope);
	}

	private @Nullable Object readPlain(int form, PayloadReader in, PayloadScope scope)
			throws IOException, ClassNotFoundException {
		if (!isSimple(form)) {
			return readObject(in, scope);
		}
		Object value = SimpleValues.read(in);
		in.requireEnd();
		return value;
	}

	void writeArray(LimitedOutput out, @Nullable Object[] values) throws IOException {
		if (!SimpleValues.areSimple(values)) {
			out.write(OBJECT);
			// An array of just this class: callers may pass a String[] as their
			// arguments.
			writeObject(out, (values.getClass() == Object[].class) ? values : copy(values));
			return;
		}
		long expected = 1 + Integer.BYTES;
		for (Object value : values) {
			expected += SimpleValues.expectedBytes(value);
		}
		out.expect(expected);
		PayloadWriter writer = new PayloadWriter(out);
		writer.writeByte(SIMPLE);
		writer.writeInt(values.length);
		SimpleValues.writeAll(writer, values);
	}

	@Nullable Object[] readArray(PayloadReader in, PayloadScope scope) throws IOException, ClassNotFoundException {
		if (!isSimple(in.readByte())) {
			if (readObject(in, scope) instanceof Object[] values && values.getClass() == Object[].class) {
				return values;
			}
			throw new StreamCorruptedException("they are not arguments");
		}
		@Nullable Object[] values = SimpleValues.readAll(in);
		in.requireEnd();
		return values;
	}

	private static @Nullable Object[] copy(@Nullable Object[] values) {
		@Nullable Object[] copy = new @Nullable Object[values.length];
		System.arraycopy(values, 0, copy, 0, values.length);
		return copy;
	}

	private static boolean isSimple(int form) throws IOException {
		if (form != SIMPLE && form != OBJECT) {
			throw new StreamCorruptedException("unknown form " + form);
		}
		return form == SIMPLE;
	}

}
