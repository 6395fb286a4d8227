package dev.offload.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes constants by their number. Used by one thread at a time.
 */
final class ConstantForm extends Serializer<Enum<?>> {

	private final Class<?> type;

	private Object @Nullable [] constants;

	ConstantForm(Class<?> type) {
		this.type = type;
	}

	// Both sides have the same classes.
	@Override
	@SuppressWarnings("EnumOrdinal")
	public void write(Kryo kryo, Output output, Enum<?> constant) {
		output.writeVarInt(constant.ordinal(), true);
	}

	@Override
	public Enum<?> read(Kryo kryo, Input input, Class<? extends Enum<?>> ignored) {
		int number = input.readVarInt(true);
		Object[] all = constants();
		if (number < 0 || number >= all.length) {
			throw new KryoException(this.type.getName() + " has no constant " + number);
		}
		return (Enum<?>) all[number];
	}

	// To ask for them runs code of the class: not before it is admitted.
	private Object[] constants() {
		Object[] all = this.constants;
		if (all == null) {
			Object[] made = this.type.getEnumConstants();
			all = (made != null) ? made : new Object[0];
			this.constants = all;
		}
		return all;
	}

}
