package dev.offload.codec.kryo;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.function.Function;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps that have a comparator.
 */
final class SortedMapForm extends Serializer<SortedMap<@Nullable Object, @Nullable Object>> {

	private final Function<@Nullable Comparator<? super @Nullable Object>, SortedMap<@Nullable Object, @Nullable Object>> factory;

	SortedMapForm(
			Function<@Nullable Comparator<? super @Nullable Object>, SortedMap<@Nullable Object, @Nullable Object>> factory) {
		this.factory = factory;
	}

	@Override
	public void write(Kryo kryo, Output output, SortedMap<@Nullable Object, @Nullable Object> map) {
		kryo.writeClassAndObject(output, map.comparator());
		MapForm.writeEntries(kryo, output, map);
	}

	@Override
	@SuppressWarnings("unchecked")
	public SortedMap<@Nullable Object, @Nullable Object> read(Kryo kryo, Input input,
			Class<? extends SortedMap<@Nullable Object, @Nullable Object>> type) {
		SortedMap<@Nullable Object, @Nullable Object> map = this.factory
			.apply((Comparator<? super @Nullable Object>) kryo.readClassAndObject(input));
		kryo.reference(map);
		MapForm.readEntries(kryo, input, ((GraphInput) input).readElements(), map);
		return map;
	}

}
