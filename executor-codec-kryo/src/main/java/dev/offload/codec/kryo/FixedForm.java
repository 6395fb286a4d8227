package dev.offload.codec.kryo;

import java.util.Collection;
import java.util.function.Function;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes collections that are made of all their elements at once.
 */
final class FixedForm extends Serializer<Collection<@Nullable Object>> {

	private final Function<@Nullable Object[], Collection<@Nullable Object>> factory;

	FixedForm(Function<@Nullable Object[], Collection<@Nullable Object>> factory) {
		this.factory = factory;
	}

	@Override
	public void write(Kryo kryo, Output output, Collection<@Nullable Object> collection) {
		CollectionForm.writeElements(kryo, output, collection);
	}

	@Override
	public Collection<@Nullable Object> read(Kryo kryo, Input input,
			Class<? extends Collection<@Nullable Object>> type) {
		@Nullable Object[] elements = new @Nullable Object[((GraphInput) input).readElements()];
		for (int i = 0; i < elements.length; i++) {
			elements[i] = kryo.readClassAndObject(input);
		}
		return this.factory.apply(elements);
	}

}
