package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * A field or a component of a record, by what its declared type says. What is read is
 * cast to its type, whatever the bytes say. Used by one thread at a time.
 */
abstract class Member {

	/**
	 * For the type that a handle returns.
	 * @param kryo knows the forms of all classes
	 * @param getter takes it from its holder
	 * @return how it is written
	 */
	static Member of(Kryo kryo, MethodHandle getter) {
		Class<?> type = getter.type().returnType();
		if (type == int.class) {
			return new IntMember(getter);
		}
		if (type == long.class) {
			return new LongMember(getter);
		}
		if (type == String.class) {
			return new TextMember(kryo, getter);
		}
		boolean decimal = type == BigDecimal.class;
		if (type.isPrimitive() || KnownTypes.isFixed(type) || type.isEnum() || decimal) {
			return new FixedMember(kryo, getter, decimal);
		}
		return new OpenMember(getter);
	}

	abstract void write(GraphKryo kryo, Output output, Object holder);

	abstract @Nullable Object read(GraphKryo kryo, Input input);

	// Whether it is quickly made into a hash that differs from holder to holder, mostly.
	boolean isTelling() {
		return false;
	}

	int hash(Object holder) {
		throw new IllegalStateException("It tells nothing");
	}

	static MethodHandle asObject(MethodHandle getter) {
		return getter.asType(MethodType.methodType(Object.class, Object.class));
	}

	// No accessor of a component that was compiled throws what is checked.
	static RuntimeException unexpected(Throwable failure) {
		if (failure instanceof RuntimeException ex) {
			return ex;
		}
		if (failure instanceof Error error) {
			throw error;
		}
		return new IllegalStateException("Cannot read a field", failure);
	}

}
