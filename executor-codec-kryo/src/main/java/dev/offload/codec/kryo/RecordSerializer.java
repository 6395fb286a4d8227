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
 * Writes records by their components, and makes them by their constructor.
 */
final class RecordSerializer extends Serializer<Object> implements GraphRegistration.Hashed {

	private final Member[] members;

	/** Its hash is that of the record, which does not change: it holds for good. */
	private final @Nullable Member telling;

	private final MethodHandle constructor;

	private final Class<?> type;

	RecordSerializer(Kryo kryo, Class<?> type) {
		this.type = type;
		RecordComponent[] components = type.getRecordComponents();
		this.members = new Member[components.length];
		try {
			for (int i = 0; i < components.length; i++) {
				Method accessor = components[i].getAccessor();
				accessor.setAccessible(true);
				this.members[i] = Member.of(kryo, MethodHandles.lookup().unreflect(accessor));
			}
			this.telling = Arrays.stream(this.members).filter(Member::isTelling).findFirst().orElse(null);
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
		for (Member member : this.members) {
			member.write(graph, output, record);
		}
	}

	@Override
	public int hash(Object record) {
		return (this.telling != null) ? this.telling.hash(record) : System.identityHashCode(record);
	}

	@Override
	public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
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
