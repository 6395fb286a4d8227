package dev.offload.codec.kryo;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.Function;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes collections that have a comparator.
 *
 * @param <C> their class
 */
final class SortedForm<C extends Collection<@Nullable Object>> extends Serializer<C> {

	private final Function<C, @Nullable Comparator<? super @Nullable Object>> comparator;

	private final Function<@Nullable Comparator<? super @Nullable Object>, C> factory;

	SortedForm(Function<C, @Nullable Comparator<? super @Nullable Object>> comparator,
			Function<@Nullable Comparator<? super @Nullable Object>, C> factory) {
		this.comparator = comparator;
		this.factory = factory;
	}

	@Override
	public void write(Kryo kryo, Output output, C collection) {
		kryo.writeClassAndObject(output, this.comparator.apply(collection));
		CollectionForm.writeElements(kryo, output, collection);
	}

	// What is no comparator fails when it is first asked.
	@Override
	@SuppressWarnings("unchecked")
	public C read(Kryo kryo, Input input, Class<? extends C> type) {
		C collection = this.factory.apply((Comparator<? super @Nullable Object>) kryo.readClassAndObject(input));
		kryo.reference(collection);
		int size = ((GraphInput) input).readElements();
		for (int i = 0; i < size; i++) {
			collection.add(kryo.readClassAndObject(input));
		}
		return collection;
	}

}
