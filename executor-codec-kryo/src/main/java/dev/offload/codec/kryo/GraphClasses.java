package dev.offload.codec.kryo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes classes as numbers: those that all sessions know from the start, and others by
 * their name and where it was in this payload. Nothing is remembered from one payload to
 * the next that would have to be the same on the other side. Each class that is read is
 * asked for. Used by one thread at a time.
 */
// Kryo has raw types.
@SuppressWarnings("rawtypes")
final class GraphClasses extends DefaultClassResolver {

	private static final int MAX_KEPT = 256;

	/** The classes of this payload, by the order of their names in it. */
	private final IdentityObjectIntMap<Class<?>> written = new IdentityObjectIntMap<>();

	private final List<Registration> read = new ArrayList<>();

	/** Those that were admitted once. */
	private final Map<String, GraphRegistration> byName = new HashMap<>();

	private @Nullable ReadScope scope;

	void begin(ReadScope reading) {
		this.scope = reading;
	}

	void finish() {
		this.scope = null;
	}

	ReadScope scope() {
		ReadScope reading = this.scope;
		if (reading == null) {
			throw new IllegalStateException("Nothing is read");
		}
		return reading;
	}

	@Override
	public Registration register(Registration registration) {
		return super.register((registration instanceof GraphRegistration) ? registration
				: new GraphRegistration(registration.getType(), registration.getSerializer(), registration.getId()));
	}

	// One class is written as if it were another one.
	Registration registerAs(Class<?> type, Registration other) {
		this.classToRegistration.put(type, other);
		return other;
	}

	@Override
	public @Nullable Registration readClass(Input input) {
		ReadScope reading = scope();
		Registration registration = super.readClass(input);
		if (registration != null) {
			((GraphRegistration) registration).requireAdmitted(reading);
			reading.count(this.kryo.getDepth());
		}
		return registration;
	}

	@Override
	protected void writeName(Output output, Class type, Registration registration) {
		output.writeByte(NAME + 2);
		int known = this.written.get(type, -1);
		if (known >= 0) {
			output.writeVarInt(known, true);
			return;
		}
		output.writeVarInt(this.written.size, true);
		this.written.put(type, this.written.size);
		output.writeString(registration.getType().getName());
	}

	@Override
	protected Registration readName(Input input) {
		int index = input.readVarInt(true);
		if (index < 0 || index > this.read.size()) {
			throw new KryoException("no class " + index);
		}
		if (index < this.read.size()) {
			return this.read.get(index);
		}
		String name = input.readString();
		if (name == null) {
			throw new KryoException("the name of a class is missing");
		}
		Registration registration = find(name);
		this.read.add(registration);
		return registration;
	}

	private Registration find(String name) {
		GraphRegistration known = this.byName.get(name);
		if (known != null) {
			return known;
		}
		Class<?> type = scope().load(name);
		// Before anything is done with it.
		scope().admit(type);
		GraphRegistration registration = (GraphRegistration) this.kryo.getRegistration(type);
		if (registration.getType() == type) {
			this.byName.put(name, registration);
		}
		return registration;
	}

	@Override
	public void reset() {
		this.written.clear(MAX_KEPT);
		this.read.clear();
	}

}
