package dev.offload.codec.kryo;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import org.jspecify.annotations.Nullable;

import dev.offload.spi.PayloadScope;

/**
 * How a class is written, and for which scope it was admitted last. Used by one thread at
 * a time.
 */
final class GraphRegistration extends Registration {

	private final boolean shared;

	private final @Nullable Hashed hashed;

	@SuppressWarnings("rawtypes")
	private final Serializer form;

	private @Nullable PayloadScope admittedIn;

	/** The payload in which the name was written last, and its order there. */
	private long namedIn;

	private int nameIndex;

	GraphRegistration(Class<?> type, Serializer<?> serializer, int id) {
		super(type, serializer, id);
		this.form = serializer;
		this.shared = !KnownTypes.isValue(type) && !Enum.class.isAssignableFrom(type);
		this.hashed = (serializer instanceof Hashed own) ? own : null;
	}

	// Whether an object that is there twice arrives as one.
	boolean isShared() {
		return this.shared;
	}

	// What is known of the form is kept.
	@Override
	@SuppressWarnings("rawtypes")
	public void setSerializer(Serializer serializer) {
		throw new UnsupportedOperationException("How " + getType().getName() + " is written cannot be changed");
	}

	@SuppressWarnings("rawtypes")
	Serializer form() {
		return this.form;
	}

	int hash(Object object) {
		return (this.hashed != null) ? this.hashed.hash(object) : System.identityHashCode(object);
	}

	// Scopes are immutable, and there is one for each method; to compare what they say
	// would take longer than to ask again.
	@SuppressWarnings("ReferenceEquality")
	void requireAdmitted(ReadScope reading) {
		// What is inside of the mark is asked for by itself.
		if (this.admittedIn != reading.scope() && getType() != JavaForm.class) {
			reading.admit(getType());
			this.admittedIn = reading.scope();
		}
	}

	boolean isNamedIn(long payload) {
		return this.namedIn == payload;
	}

	int nameIndex() {
		return this.nameIndex;
	}

	void name(long payload, int index) {
		this.namedIn = payload;
		this.nameIndex = index;
	}

	/**
	 * Tells objects apart, mostly, by what is in them and does not change. That takes
	 * less time than the first identity hash of an object.
	 */
	interface Hashed {

		int hash(Object object);

	}

}
