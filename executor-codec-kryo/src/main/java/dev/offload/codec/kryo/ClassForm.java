package dev.offload.codec.kryo;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * Writes classes that are values by their names: how their objects are written says
 * nothing of them. Each that is read is asked for. Used by one thread at a time.
 */
final class ClassForm extends Serializer<Class<?>> {

	private static final Map<String, Class<?>> PRIMITIVES = Stream
		.of(boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class,
				void.class)
		.collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

	/** Those that were admitted once: to ask the loader takes longer. */
	private final Map<String, Class<?>> known = new HashMap<>();

	@Override
	public void write(Kryo kryo, Output output, Class<?> type) {
		output.writeString(type.getName());
	}

	@Override
	public Class<?> read(Kryo kryo, Input input, Class<? extends Class<?>> ignored) {
		return read(input);
	}

	Class<?> read(Input input) {
		String name = input.readString();
		if (name == null) {
			throw new KryoException("the name of a class is missing");
		}
		Class<?> primitive = PRIMITIVES.get(name);
		if (primitive != null) {
			return primitive;
		}
		ReadScope reading = ((GraphInput) input).scope();
		Class<?> before = this.known.get(name);
		Class<?> type = (before != null) ? before : reading.load(name);
		reading.admit(type);
		this.known.put(name, type);
		return type;
	}

}
