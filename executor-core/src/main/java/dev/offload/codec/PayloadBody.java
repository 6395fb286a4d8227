package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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

	/** What travels by reference: as a result, or beside the arguments that do not. */
	private static final int REFERENCE = 3;

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
		if (value instanceof PayloadReference reference) {
			out.write(REFERENCE);
			reference.writeTo(new PayloadWriter(out));
			return;
		}
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
		if (form == REFERENCE) {
			return readReference(in);
		}
		if (!isSimple(form)) {
			return readObject(in, scope);
		}
		Object value = SimpleValues.read(in);
		in.requireEnd();
		return value;
	}

	private static PayloadReference readReference(PayloadReader in) throws IOException {
		PayloadReference reference = PayloadReference.read(in);
		in.requireEnd();
		return reference;
	}

	// The reference that a result is, null if it is none. Nothing else is read.
	static @Nullable PayloadReference findReference(PayloadReader in) throws IOException {
		int form = in.readByte();
		if (form == OPTIONAL) {
			form = in.readByte();
		}
		return (form == REFERENCE) ? readReference(in) : null;
	}

	void writeArray(LimitedOutput out, @Nullable Object[] values) throws IOException {
		int references = 0;
		for (Object value : values) {
			references += (value instanceof PayloadReference) ? 1 : 0;
		}
		if (references == 0) {
			writePlainArray(out, values);
			return;
		}
		@Nullable Object[] others = Arrays.copyOf(values, values.length, Object[].class);
		PayloadWriter writer = new PayloadWriter(out);
		writer.writeByte(REFERENCE);
		writer.writeInt(references);
		for (int i = 0; i < values.length; i++) {
			if (values[i] instanceof PayloadReference reference) {
				writer.writeInt(i);
				reference.writeTo(writer);
				others[i] = null;
			}
		}
		writePlainArray(out, others);
	}

	private void writePlainArray(LimitedOutput out, @Nullable Object[] values) throws IOException {
		if (!SimpleValues.areSimple(values)) {
			out.write(OBJECT);
			// An array of just this class: callers may pass a String[] as their
			// arguments.
			writeObject(out, (values.getClass() == Object[].class) ? values
					: Arrays.copyOf(values, values.length, Object[].class));
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
		int form = in.readByte();
		if (form != REFERENCE) {
			return readPlainArray(form, in, scope);
		}
		Map<Integer, PayloadReference> references = new HashMap<>();
		int count = in.readCount();
		for (int i = 0; i < count; i++) {
			references.put(in.readInt(), PayloadReference.read(in));
		}
		@Nullable Object[] values = readPlainArray(in.readByte(), in, scope);
		for (Map.Entry<Integer, PayloadReference> entry : references.entrySet()) {
			int position = entry.getKey();
			if (position < 0 || position >= values.length || values[position] != null) {
				throw new StreamCorruptedException("a reference in the place " + position);
			}
			values[position] = entry.getValue();
		}
		return values;
	}

	private @Nullable Object[] readPlainArray(int form, PayloadReader in, PayloadScope scope)
			throws IOException, ClassNotFoundException {
		if (!isSimple(form)) {
			if (readObject(in, scope) instanceof Object[] values && values.getClass() == Object[].class) {
				return values;
			}
			throw new StreamCorruptedException("they are not arguments");
		}
		@Nullable Object[] values = SimpleValues.readAll(in);
		in.requireEnd();
		return values;
	}

	private static boolean isSimple(int form) throws IOException {
		if (form != SIMPLE && form != OBJECT) {
			throw new StreamCorruptedException("unknown form " + form);
		}
		return form == SIMPLE;
	}

}
