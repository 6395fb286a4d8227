package dev.offload.codec.kryo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;

/**
 * Writes objects by Kryo: several times faster than Java serialization, in a third of the
 * bytes, and without {@link java.io.Serializable}. Read under the same list and the same
 * limits. Classes that say themselves how they are serialized, exceptions among them, are
 * written by Java serialization inside. Safe for use by many threads.
 */
public final class KryoPayloadCodec implements PayloadCodec {

	/**
	 * Its name.
	 */
	public static final String NAME = "kryo";

	static {
		RawMemory.avoid();
	}

	private final SessionPool sessions = new SessionPool();

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public boolean requiresSerializable() {
		return false;
	}

	@Override
	public void encode(@Nullable Object value, OutputStream out) throws IOException {
		ClassLoader loader = (value != null) ? value.getClass().getClassLoader() : null;
		SessionPool.Place place = this.sessions.of((loader != null) ? loader : KryoPayloadCodec.class.getClassLoader());
		Session session = place.take();
		try {
			session.write(value, out);
		}
		catch (RuntimeException ex) {
			throw Failures.ofWriting(ex);
		}
		// One that has failed is in no known state.
		place.giveBack(session);
	}

	@Override
	public @Nullable Object decode(InputStream in, PayloadScope scope) throws IOException, ClassNotFoundException {
		SessionPool.Place place = this.sessions.of(scope.classLoader());
		Session session = place.take();
		ReadScope reading = new ReadScope(scope, in);
		Object value;
		try {
			value = session.read(in, reading);
			reading.requireNoRefusal();
		}
		catch (RuntimeException ex) {
			// Code of the application may have wrapped the refusal: say the reason
			// itself.
			reading.requireNoRefusal();
			throw Failures.ofReading(ex);
		}
		place.giveBack(session);
		return value;
	}

}
