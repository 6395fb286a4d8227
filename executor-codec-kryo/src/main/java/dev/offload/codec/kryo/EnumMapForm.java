package dev.offload.codec.kryo;

import java.util.EnumMap;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps whose keys are constants. An empty one does not tell their class, so it is
 * written as Java serialization does.
 */
// The class of the constants is known when they are read.
@SuppressWarnings({ "rawtypes", "unchecked" })
final class EnumMapForm extends Serializer<EnumMap> {

	@Override
	public void write(Kryo kryo, Output output, EnumMap map) {
		output.writeBoolean(map.isEmpty());
		if (map.isEmpty()) {
			JavaForm.write(output, map);
			return;
		}
		kryo.writeClass(output, ((Enum<?>) map.keySet().iterator().next()).getDeclaringClass());
		MapForm.writeEntries(kryo, output, map);
	}

	@Override
	public @Nullable EnumMap read(Kryo kryo, Input input, Class<? extends EnumMap> type) {
		if (input.readBoolean()) {
			return (EnumMap) JavaForm.read(kryo, input);
		}
		Registration keys = kryo.readClass(input);
		if (keys == null || !keys.getType().isEnum()) {
			throw new KryoException("no class of constants");
		}
		EnumMap map = new EnumMap(keys.getType());
		kryo.reference(map);
		MapForm.readEntries(kryo, input, ((GraphInput) input).readElements(), map);
		return map;
	}

}
