package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * A {@code String}.
 */
final class TextMember extends Member {

	/** Of longer ones it takes too long to make the hash. */
	private static final int MAX_HASHED = 64;

	private final MethodHandle getter;

	private final GraphRegistration fixed;

	TextMember(Kryo kryo, MethodHandle getter) {
		this.getter = asObject(getter);
		this.fixed = (GraphRegistration) kryo.getRegistration(String.class);
	}

	@Override
	void write(GraphKryo kryo, Output output, Object holder) {
		output.writeString((String) get(holder));
	}

	@Override
	@Nullable Object read(GraphKryo kryo, Input input) {
		this.fixed.requireAdmitted(((GraphInput) input).scope());
		return input.readString();
	}

	@Override
	boolean isTelling() {
		return true;
	}

	@Override
	int hash(Object holder) {
		String text = (String) get(holder);
		if (text == null) {
			return 0;
		}
		return (text.length() <= MAX_HASHED) ? text.hashCode() : text.length();
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
