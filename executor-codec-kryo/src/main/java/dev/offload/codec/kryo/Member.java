package dev.offload.codec.kryo;

import java.math.BigDecimal;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * What is in a field or a component of a record, by its declared type. Used by one thread
 * at a time.
 */
abstract class Member {

	/** Of longer ones it takes too long to make the hash. */
	private static final int MAX_HASHED = 64;

	/**
	 * For a declared type.
	 * @param kryo knows the forms of all classes
	 * @param type the type
	 * @return how it is written
	 */
	static Member of(Kryo kryo, Class<?> type) {
		if (type == String.class) {
			return new TextMember(kryo);
		}
		boolean decimal = type == BigDecimal.class;
		if (type.isPrimitive() || KnownTypes.isFixed(type) || type.isEnum() || decimal) {
			return new FixedMember(kryo, type, decimal);
		}
		return new OpenMember();
	}

	abstract void write(GraphKryo kryo, Output output, @Nullable Object value);

	abstract @Nullable Object read(GraphKryo kryo, Input input);

	// Whether it quickly makes a hash that differs from holder to holder, mostly.
	static boolean isTelling(Class<?> type) {
		return type == int.class || type == long.class || type == String.class;
	}

	static int hash(@Nullable Object value) {
		if (value instanceof String text && text.length() > MAX_HASHED) {
			return text.length();
		}
		return (value != null) ? value.hashCode() : 0;
	}

}
