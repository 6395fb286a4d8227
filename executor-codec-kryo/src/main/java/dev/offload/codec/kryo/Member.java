package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes a field or a component of a record. What is read is cast to its type, whatever
 * the bytes say.
 */
final class Member {

	private static final int NULL = 0;

	private static final int VALUE = 1;

	/** From the holder, as an object. */
	private final MethodHandle getter;

	private final Class<?> type;

	/** If it is of a primitive type, or of a value type that nobody extends. */
	private final @Nullable GraphRegistration fixed;

	@SuppressWarnings("rawtypes")
	private final @Nullable Serializer serializer;

	Member(Kryo kryo, MethodHandle getter) {
		this.type = getter.type().returnType();
		this.getter = getter.asType(MethodType.methodType(Object.class, Object.class));
		this.fixed = (this.type.isPrimitive() || KnownTypes.isFixed(this.type))
				? (GraphRegistration) kryo.getRegistration(this.type) : null;
		this.serializer = (this.fixed != null) ? this.fixed.getSerializer() : null;
	}

	// Those of Kryo are without type arguments.
	@SuppressWarnings("unchecked")
	void write(Kryo kryo, Output output, Object holder) {
		Object value = get(holder);
		if (this.serializer == null) {
			kryo.writeClassAndObject(output, value);
			return;
		}
		if (!this.type.isPrimitive()) {
			output.writeByte((value != null) ? VALUE : NULL);
			if (value == null) {
				return;
			}
		}
		this.serializer.write(kryo, output, value);
	}

	@SuppressWarnings("unchecked")
	@Nullable Object read(Kryo kryo, Input input) {
		if (this.fixed == null || this.serializer == null) {
			return kryo.readClassAndObject(input);
		}
		if (!this.type.isPrimitive() && input.readByte() == NULL) {
			return null;
		}
		this.fixed.requireAdmitted(((GraphInput) input).scope());
		return this.serializer.read(kryo, input, this.type);
	}

	private @Nullable Object get(Object holder) {
		try {
			return (Object) this.getter.invokeExact(holder);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Cannot read a field", ex);
		}
	}

}
