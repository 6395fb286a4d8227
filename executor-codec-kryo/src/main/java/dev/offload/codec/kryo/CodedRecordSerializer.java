package dev.offload.codec.kryo;

import java.util.Arrays;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * Writes records by their components, and makes them by their constructor, by generated
 * code. That calls back for components of which it does not know all. It keeps all
 * components of a record on the stack while it reads them, so records that are nested
 * deep are written and read by handles: the bytes are the same. Used by one thread at a
 * time.
 */
final class CodedRecordSerializer extends Serializer<Object> implements GraphRegistration.Hashed {

	/** Deeper ones are left to handles. */
	static final int MAX_DEPTH = 64;

	private final GraphKryo kryo;

	private final Class<?> type;

	private final RecordCode code;

	private final Member[] members;

	private final boolean telling;

	private final GraphRegistration text;

	private @Nullable Output output;

	private @Nullable GraphInput input;

	/** Made when a record is nested deep. */
	private @Nullable RecordSerializer handles;

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
		if (this.kryo.getDepth() > MAX_DEPTH) {
			handles().write(graph, target, record);
			return;
		}
		this.output = target;
		try {
			this.code.write(this, record);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			// Accessors declare none, but can throw it.
			throw new IllegalStateException("Cannot read a component of " + this.type.getName(), ex);
		}
	}

	@Override
	public Object read(Kryo graph, Input source, Class<? extends Object> ignored) {
		if (this.kryo.getDepth() > MAX_DEPTH) {
			return handles().read(graph, source, ignored);
		}
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

	private RecordSerializer handles() {
		RecordSerializer made = this.handles;
		if (made == null) {
			made = new RecordSerializer(this.kryo, this.type);
			this.handles = made;
		}
		return made;
	}

	GraphKryo kryo() {
		return this.kryo;
	}

	Member member(int index) {
		return this.members[index];
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

	void completed() {
		this.complete = true;
	}

}
