package dev.offload.codec.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * Writes constants by their number.
 */
final class ConstantForm extends Serializer<Enum<?>> {

	private final Class<?> type;

	private final Object[] constants;

	ConstantForm(Class<?> type) {
		this.type = type;
		Object[] all = type.getEnumConstants();
		this.constants = (all != null) ? all : new Object[0];
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
		if (number < 0 || number >= this.constants.length) {
			throw new KryoException(this.type.getName() + " has no constant " + number);
		}
		return (Enum<?>) this.constants[number];
	}

}
