package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects by their fields, but for transient ones, and makes them without a
 * constructor. Fields are set by handles that check the type, not by raw memory.
 */
final class FieldsSerializer extends Serializer<Object> {

	private final Member[] members;

	private final MethodHandle[] getters;

	private final MethodHandle[] setters;

	FieldsSerializer(Kryo kryo, Class<?> type) {
		List<Field> fields = fieldsOf(type);
		this.members = new Member[fields.size()];
		this.getters = new MethodHandle[fields.size()];
		this.setters = new MethodHandle[fields.size()];
		MethodHandles.Lookup lookup = MethodHandles.lookup();
		try {
			for (int i = 0; i < this.members.length; i++) {
				fields.get(i).setAccessible(true);
				this.members[i] = Member.of(kryo, fields.get(i).getType());
				this.getters[i] = lookup.unreflectGetter(fields.get(i))
					.asType(MethodType.methodType(Object.class, Object.class));
				this.setters[i] = lookup.unreflectSetter(fields.get(i))
					.asType(MethodType.methodType(void.class, Object.class, Object.class));
			}
		}
		catch (IllegalAccessException ex) {
			throw Failures.wrap(ex);
		}
	}

	// In an order that is the same in all JVMs.
	private static List<Field> fieldsOf(Class<?> type) {
		List<Field> fields = new ArrayList<>();
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			Stream.of(current.getDeclaredFields())
				.filter((field) -> (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0)
				.sorted(Comparator.comparing(Field::getName))
				.forEach(fields::add);
		}
		return fields;
	}

	@Override
	public void write(Kryo kryo, Output output, Object object) {
		GraphKryo graph = (GraphKryo) kryo;
		for (int i = 0; i < this.members.length; i++) {
			this.members[i].write(graph, output, get(this.getters[i], object));
		}
	}

	@Override
	public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
		GraphKryo graph = (GraphKryo) kryo;
		Object object = kryo.newInstance(type);
		kryo.reference(object);
		for (int i = 0; i < this.members.length; i++) {
			set(this.setters[i], object, this.members[i].read(graph, input));
		}
		return object;
	}

	static @Nullable Object get(MethodHandle getter, Object holder) {
		try {
			return (Object) getter.invokeExact(holder);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Cannot read a field", ex);
		}
	}

	private static void set(MethodHandle setter, Object object, @Nullable Object value) {
		try {
			setter.invokeExact(object, value);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Cannot set a field", ex);
		}
	}

}
