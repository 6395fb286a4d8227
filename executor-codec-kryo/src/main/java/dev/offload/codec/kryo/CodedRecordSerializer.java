package dev.offload.codec.kryo;

import java.util.Arrays;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes records by their components, and makes them by their constructor, by generated
 * code. That calls back for components of which it does not know all. Used by one thread
 * at a time.
 */
final class CodedRecordSerializer extends Serializer<Object> implements GraphRegistration.Hashed {

	private final GraphKryo kryo;

	private final Class<?> type;

	private final RecordCode code;

	private final Member[] members;

	private final boolean telling;

	private final GraphRegistration text;

	private @Nullable Output output;

	private @Nullable GraphInput input;

	/** Whether its constructor is running. */
	private boolean complete;

	CodedRecordSerializer(GraphKryo kryo, Class<?> type, RecordCode code) {
		this.kryo = kryo;
		this.type = type;
		this.code = code;
		this.members = Arrays.stream(type.getRecordComponents())
			.map((component) -> Member.of(kryo, component.getType()))
			.toArray(Member[]::new);
		this.telling = RecordCodes.telling(type) != null;
		this.text = (GraphRegistration) kryo.getRegistration(String.class);
	}

	// The hash of a component is that of the record: it holds for good.
	@Override
	public int hash(Object record) {
		return this.telling ? this.code.hash(record) : System.identityHashCode(record);
	}

	@Override
	public void write(Kryo graph, Output target, Object record) {
		this.output = target;
		this.code.write(this, record);
	}

	@Override
	public Object read(Kryo graph, Input source, Class<? extends Object> ignored) {
		this.input = (GraphInput) source;
		try {
			Object record = this.code.read(this);
			this.complete = false;
			return record;
		}
		catch (Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			if (this.complete) {
				// Not that of the record around it, which may be of this class.
				this.complete = false;
				throw Failures.ofCode("the constructor of " + this.type.getName(), ex);
			}
			throw ex;
		}
	}

	Output output() {
		Output target = this.output;
		if (target == null) {
			throw new IllegalStateException("Nothing is written");
		}
		return target;
	}

	GraphInput input() {
		GraphInput source = this.input;
		if (source == null) {
			throw new IllegalStateException("Nothing is read");
		}
		return source;
	}

	@Nullable String readText() {
		GraphInput source = input();
		this.text.requireAdmitted(source.scope());
		return source.readString();
	}

	void writeOther(int index, @Nullable Object value) {
		this.members[index].write(this.kryo, output(), value);
	}

	@Nullable Object readOther(int index) {
		return this.members[index].read(this.kryo, input());
	}

	void completed() {
		this.complete = true;
	}

}
