package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * A {@code long}.
 */
final class LongMember extends Member {

	private final MethodHandle getter;

	LongMember(MethodHandle getter) {
		this.getter = getter.asType(MethodType.methodType(long.class, Object.class));
	}

	@Override
	void write(GraphKryo kryo, Output output, Object holder) {
		output.writeVarLong(get(holder), false);
	}

	@Override
	Object read(GraphKryo kryo, Input input) {
		return input.readVarLong(false);
	}

	@Override
	boolean isTelling() {
		return true;
	}

	@Override
	int hash(Object holder) {
		return Long.hashCode(get(holder));
	}

	private long get(Object holder) {
		try {
			return (long) this.getter.invokeExact(holder);
		}
		catch (Throwable ex) {
			throw unexpected(ex);
		}
	}

}
