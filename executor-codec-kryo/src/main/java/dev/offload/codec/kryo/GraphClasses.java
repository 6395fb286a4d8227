package dev.offload.codec.kryo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
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

	/** Before the numbers: that of null, and that of a class by its name. */
	private static final int RESERVED = 2;

	/** Those with a number, by it. */
	private @Nullable GraphRegistration[] known = new @Nullable GraphRegistration[128];

	/** The number of this payload, and how many names are in it. */
	private long payload;

	private int names;

	private final List<GraphRegistration> read = new ArrayList<>();

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
		GraphRegistration own = (registration instanceof GraphRegistration graph) ? graph
				: new GraphRegistration(registration.getType(), registration.getSerializer(), registration.getId());
		if (own.getId() != NAME) {
			if (own.getId() >= this.known.length) {
				this.known = Arrays.copyOf(this.known, 2 * own.getId());
			}
			this.known[own.getId()] = own;
		}
		return super.register(own);
	}

	// One class is written as if it were another one.
	Registration registerAs(Class<?> type, Registration other) {
		this.classToRegistration.put(type, other);
		return other;
	}

	void write(Output output, GraphRegistration registration) {
		if (registration.getId() == NAME) {
			writeName(output, registration.getType(), registration);
		}
		else {
			output.writeVarInt(registration.getId() + RESERVED, true);
		}
	}

	@Override
	protected void writeName(Output output, Class type, Registration registration) {
		output.writeByte(NAME + RESERVED);
		GraphRegistration own = (GraphRegistration) registration;
		if (own.isNamedIn(this.payload)) {
			output.writeVarInt(own.nameIndex(), true);
			return;
		}
		output.writeVarInt(this.names, true);
		own.name(this.payload, this.names);
		this.names++;
		output.writeString(own.getType().getName());
	}

	@Override
	public @Nullable GraphRegistration readClass(Input input) {
		int number = input.readVarInt(true);
		if (number == Kryo.NULL) {
			return null;
		}
		GraphRegistration registration = (number == NAME + RESERVED) ? readName(input) : known(number - RESERVED);
		ReadScope reading = scope();
		registration.requireAdmitted(reading);
		reading.count(this.kryo.getDepth());
		return registration;
	}

	private GraphRegistration known(int number) {
		GraphRegistration registration = (number >= 0 && number < this.known.length) ? this.known[number] : null;
		if (registration == null) {
			throw new KryoException("no class has the number " + number);
		}
		return registration;
	}

	@Override
	protected GraphRegistration readName(Input input) {
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
		GraphRegistration registration = find(name);
		this.read.add(registration);
		return registration;
	}

	private GraphRegistration find(String name) {
		GraphRegistration found = this.byName.get(name);
		if (found != null) {
			return found;
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
		this.payload++;
		this.names = 0;
		this.read.clear();
	}

}
