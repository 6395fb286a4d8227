package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes records by their components, and makes them by their constructor. By handles,
 * for records to which no code can be generated; the bytes are the same.
 */
final class RecordSerializer extends Serializer<Object> {

	private final Class<?> type;

	private final Member[] members;

	private final MethodHandle[] getters;

	private final MethodHandle constructor;

	RecordSerializer(Kryo kryo, Class<?> type) {
		this.type = type;
		RecordComponent[] components = type.getRecordComponents();
		this.members = new Member[components.length];
		this.getters = new MethodHandle[components.length];
		try {
			for (int i = 0; i < components.length; i++) {
				Method accessor = components[i].getAccessor();
				accessor.setAccessible(true);
				this.members[i] = Member.of(kryo, components[i].getType());
				this.getters[i] = MethodHandles.lookup()
					.unreflect(accessor)
					.asType(MethodType.methodType(Object.class, Object.class));
			}
			Constructor<?> canonical = type
				.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
			canonical.setAccessible(true);
			this.constructor = MethodHandles.lookup()
				.unreflectConstructor(canonical)
				.asSpreader(Object[].class, components.length)
				.asType(MethodType.methodType(Object.class, Object[].class));
		}
		catch (ReflectiveOperationException ex) {
			throw Failures.wrap(ex);
		}
	}

	@Override
	public void write(Kryo kryo, Output output, Object record) {
		GraphKryo graph = (GraphKryo) kryo;
		for (int i = 0; i < this.members.length; i++) {
			this.members[i].write(graph, output, FieldsSerializer.get(this.getters[i], record));
		}
	}

	@Override
	public Object read(Kryo kryo, Input input, Class<? extends Object> ignored) {
		GraphKryo graph = (GraphKryo) kryo;
		@Nullable Object[] values = new @Nullable Object[this.members.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.members[i].read(graph, input);
		}
		return make(values);
	}

	private Object make(@Nullable Object[] values) {
		try {
			return (Object) this.constructor.invokeExact(values);
		}
		catch (Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw Failures.ofCode("the constructor of " + this.type.getName(), ex);
		}
	}

}
