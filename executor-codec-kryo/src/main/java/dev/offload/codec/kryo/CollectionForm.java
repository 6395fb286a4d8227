package dev.offload.codec.kryo;

import java.util.Collection;
import java.util.function.IntFunction;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes collections that are filled one by one.
 */
final class CollectionForm extends Serializer<Collection<@Nullable Object>> {

	private final IntFunction<Collection<@Nullable Object>> factory;

	/**
	 * Creates one.
	 * @param factory makes an empty collection for a number of elements
	 */
	CollectionForm(IntFunction<Collection<@Nullable Object>> factory) {
		this.factory = factory;
	}

	static void writeElements(Kryo kryo, Output output, Collection<@Nullable Object> collection) {
		// As many as there are now, whatever other threads do.
		ArraySerializer.writeElements(kryo, output, collection.toArray());
	}

	@Override
	public void write(Kryo kryo, Output output, Collection<@Nullable Object> collection) {
		writeElements(kryo, output, collection);
	}

	@Override
	public Collection<@Nullable Object> read(Kryo kryo, Input input,
			Class<? extends Collection<@Nullable Object>> type) {
		int size = ((GraphInput) input).readElements();
		Collection<@Nullable Object> collection = this.factory.apply(size);
		kryo.reference(collection);
		for (int i = 0; i < size; i++) {
			collection.add(kryo.readClassAndObject(input));
		}
		return collection;
	}

}
