package dev.offload.codec.kryo;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Of a type that does not say which class the object is of.
 */
final class OpenMember extends Member {

	/**
	 * How the one of the holder before was written, which is mostly of the same class.
	 */
	private @Nullable GraphRegistration last;

	@Override
	void write(GraphKryo kryo, Output output, @Nullable Object value) {
		this.last = kryo.write(output, value, this.last);
	}

	@Override
	@Nullable Object read(GraphKryo kryo, Input input) {
		return kryo.readClassAndObject(input);
	}

}
