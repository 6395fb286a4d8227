package dev.offload.codec.kryo;

import java.io.NotSerializableException;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/**
 * Stands for a class whose objects cannot be sent.
 */
final class RefusingSerializer extends Serializer<Object> {

	private final Class<?> type;

	RefusingSerializer(Class<?> type) {
		this.type = type;
	}

	@Override
	public void write(Kryo kryo, Output output, Object object) {
		throw Failures.wrap(new NotSerializableException(this.type.getName()));
	}

	@Override
	public Object read(Kryo kryo, Input input, Class<? extends Object> ignored) {
		throw new KryoException("objects of " + this.type.getName() + " are never sent");
	}

}
