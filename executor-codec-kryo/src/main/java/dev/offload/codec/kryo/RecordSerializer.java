package dev.offload.codec.kryo;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
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
 * for records to which no code can be generated, or that are nested deep; the bytes are
 * the same.
 */
final class RecordSerializer extends Serializer<Object> {

	private final Class<?> type;

	private final Member[] members;

	private final MethodHandle[] getters;

	/** What the constructor takes, with the classes that box primitive types. */
	private final MethodType values;

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
			this.values = MethodType.methodType(Object.class, canonical.getParameterTypes()).wrap();
			this.constructor = handleOf(canonical);
		}
		catch (ReflectiveOperationException ex) {
			throw Failures.wrap(ex);
		}
	}

	private static MethodHandle handleOf(Constructor<?> canonical) throws ReflectiveOperationException {
		MethodType made = MethodType.methodType(Object.class, Object[].class);
		int count = canonical.getParameterCount();
		try {
			return MethodHandles.lookup()
				.unreflectConstructor(canonical)
				.asSpreader(Object[].class, count)
				.asType(made);
		}
		catch (IllegalArgumentException ex) {
			// A constructor may have more parameters than its handle.
			return MethodHandles.lookup()
				.findVirtual(Constructor.class, "newInstance", made)
				.asFixedArity()
				.bindTo(canonical);
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
			// Not a failure of the constructor.
			values[i] = this.values.parameterType(i).cast(this.members[i].read(graph, input));
		}
		return make(values);
	}

	private Object make(@Nullable Object[] values) {
		try {
			return (Object) this.constructor.invokeExact(values);
		}
		catch (Throwable ex) {
			Throwable cause = ex.getCause();
			Throwable reason = (ex instanceof InvocationTargetException && cause != null) ? cause : ex;
			if (reason instanceof Error error) {
				throw error;
			}
			throw Failures.ofCode("the constructor of " + this.type.getName(), reason);
		}
	}

}
