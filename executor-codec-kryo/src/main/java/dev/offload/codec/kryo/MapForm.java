package dev.offload.codec.kryo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps.
 */
final class MapForm extends Serializer<Map<@Nullable Object, @Nullable Object>> {

	private final IntFunction<Map<@Nullable Object, @Nullable Object>> factory;

	private final @Nullable UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish;

	/**
	 * For maps that are filled one by one.
	 * @param factory makes an empty map for a number of entries
	 */
	MapForm(IntFunction<Map<@Nullable Object, @Nullable Object>> factory) {
		this.factory = factory;
		this.finish = null;
	}

	private MapForm(UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish) {
		this.factory = LinkedHashMap::new;
		this.finish = finish;
	}

	/**
	 * For maps that are made of another one.
	 * @param finish makes the map
	 * @return the form
	 */
	static MapForm of(UnaryOperator<Map<@Nullable Object, @Nullable Object>> finish) {
		return new MapForm(finish);
	}

	static void writeEntries(Kryo kryo, Output output, Map<?, ?> map) {
		// As many as there are now, whatever other threads do.
		Map.Entry<?, ?>[] entries = map.entrySet().toArray(new Map.Entry<?, ?>[0]);
		GraphKryo graph = (GraphKryo) kryo;
		output.writeVarInt(entries.length, true);
		GraphRegistration lastKey = null;
		GraphRegistration lastValue = null;
		for (Map.Entry<?, ?> entry : entries) {
			lastKey = graph.write(output, entry.getKey(), lastKey);
			lastValue = graph.write(output, entry.getValue(), lastValue);
		}
	}

	static void readEntries(Kryo kryo, Input input, int size, Map<@Nullable Object, @Nullable Object> map) {
		for (int i = 0; i < size; i++) {
			Object key = kryo.readClassAndObject(input);
			map.put(key, kryo.readClassAndObject(input));
		}
	}

	@Override
	public void write(Kryo kryo, Output output, Map<@Nullable Object, @Nullable Object> map) {
		writeEntries(kryo, output, map);
	}

	@Override
	public Map<@Nullable Object, @Nullable Object> read(Kryo kryo, Input input,
			Class<? extends Map<@Nullable Object, @Nullable Object>> type) {
		int size = ((GraphInput) input).readElements();
		Map<@Nullable Object, @Nullable Object> map = this.factory.apply(size);
		if (this.finish == null) {
			kryo.reference(map);
		}
		readEntries(kryo, input, size, map);
		return (this.finish != null) ? this.finish.apply(map) : map;
	}

}
