package dev.offload.codec.kryo;

import java.lang.reflect.Array;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes arrays of objects.
 */
final class ArraySerializer extends Serializer<@Nullable Object[]> {

	@Override
	public void write(Kryo kryo, Output output, @Nullable Object[] array) {
		writeElements(kryo, output, array);
	}

	static void writeElements(Kryo kryo, Output output, @Nullable Object[] array) {
		GraphKryo graph = (GraphKryo) kryo;
		output.writeVarInt(array.length, true);
		GraphRegistration last = null;
		for (Object element : array) {
			last = graph.write(output, element, last);
		}
	}

	@Override
	public @Nullable Object[] read(Kryo kryo, Input input, Class<? extends @Nullable Object[]> type) {
		@Nullable Object[] array = (@Nullable Object[]) Array.newInstance(type.getComponentType(),
				((GraphInput) input).readElements());
		kryo.reference(array);
		for (int i = 0; i < array.length; i++) {
			array[i] = kryo.readClassAndObject(input);
		}
		return array;
	}

}
