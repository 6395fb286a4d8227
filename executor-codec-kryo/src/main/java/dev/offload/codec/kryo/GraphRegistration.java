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

	private @Nullable PayloadScope admittedIn;

	GraphRegistration(Class<?> type, Serializer<?> serializer, int id) {
		super(type, serializer, id);
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

}
