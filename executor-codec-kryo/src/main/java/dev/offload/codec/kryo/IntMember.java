package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * An {@code int}.
 */
final class IntMember extends Member {

	private final MethodHandle getter;

	IntMember(MethodHandle getter) {
		this.getter = getter.asType(MethodType.methodType(int.class, Object.class));
	}

	@Override
	void write(GraphKryo kryo, Output output, Object holder) {
		output.writeVarInt(get(holder), false);
	}

	@Override
	Object read(GraphKryo kryo, Input input) {
		return input.readVarInt(false);
	}

	@Override
	boolean isTelling() {
		return true;
	}

	@Override
	int hash(Object holder) {
		return get(holder);
	}

	private int get(Object holder) {
		try {
			return (int) this.getter.invokeExact(holder);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

}
