package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Of a type that does not say which class the object is of.
 */
final class OpenMember extends Member {

	private final MethodHandle getter;

	/**
	 * How the one of the holder before was written, which is mostly of the same class.
	 */
	private @Nullable GraphRegistration last;

	OpenMember(MethodHandle getter) {
		this.getter = asObject(getter);
	}

	@Override
	void write(GraphKryo kryo, Output output, Object holder) {
		this.last = kryo.write(output, get(holder), this.last);
	}

	@Override
	@Nullable Object read(GraphKryo kryo, Input input) {
		return kryo.readClassAndObject(input);
	}

	private @Nullable Object get(Object holder) {
		try {
			return (Object) this.getter.invokeExact(holder);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

}
