package dev.offload.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Of a primitive type, of constants or of a value type, so that no class stands before
 * it. A value type that can be extended says so.
 */
final class FixedMember extends Member {

	private static final int NULL = 0;

	private static final int VALUE = 1;

	/** Of a class that extends the declared one: it stands before the object. */
	private static final int EXTENDED = 2;

	private final Class<?> type;

	private final boolean open;

	private final GraphRegistration fixed;

	@SuppressWarnings("rawtypes")
	private final Serializer form;

	FixedMember(Kryo kryo, Class<?> type, boolean open) {
		this.type = type;
		this.open = open;
		this.fixed = (GraphRegistration) kryo.getRegistration(this.type);
		this.form = this.fixed.form();
	}

	// Those of Kryo are without type arguments.
	@Override
	@SuppressWarnings("unchecked")
	void write(GraphKryo kryo, Output output, @Nullable Object value) {
		if (!this.type.isPrimitive()) {
			if (value == null) {
				output.writeByte(NULL);
				return;
			}
			if (this.open && value.getClass() != this.type) {
				output.writeByte(EXTENDED);
				kryo.writeClassAndObject(output, value);
				return;
			}
			output.writeByte(VALUE);
		}
		this.form.write(kryo, output, value);
	}

	@Override
	@SuppressWarnings("unchecked")
	@Nullable Object read(GraphKryo kryo, Input input) {
		if (!this.type.isPrimitive()) {
			int header = input.readByte();
			if (header == NULL) {
				return null;
			}
			if (header == EXTENDED && this.open) {
				return kryo.readClassAndObject(input);
			}
			if (header != VALUE) {
				throw new KryoException("no form " + header + " of a " + this.type.getName());
			}
		}
		this.fixed.requireAdmitted(((GraphInput) input).scope());
		return this.form.read(kryo, input, this.type);
	}

}
