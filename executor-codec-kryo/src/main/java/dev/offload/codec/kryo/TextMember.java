package dev.offload.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * A {@code String}, whose form says whether there is one.
 */
final class TextMember extends Member {

	private final GraphRegistration fixed;

	TextMember(Kryo kryo) {
		this.fixed = (GraphRegistration) kryo.getRegistration(String.class);
	}

	@Override
	void write(GraphKryo kryo, Output output, @Nullable Object value) {
		output.writeString((String) value);
	}

	@Override
	@Nullable String read(GraphKryo kryo, Input input) {
		this.fixed.requireAdmitted(((GraphInput) input).scope());
		return input.readString();
	}

}
