package dev.offload.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;

/**
 * Java serialization, read under a filter: only admitted classes, no dynamic proxies,
 * limited in bytes, depth, number of objects and size of arrays. Safe for use by many
 * threads.
 */
public final class JdkPayloadCodec implements PayloadCodec {

	/**
	 * Its name.
	 */
	public static final String NAME = "jdk";

	private final KnownClasses known = new KnownClasses();

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public void encode(@Nullable Object value, OutputStream out) throws IOException {
		ObjectOutputStream objects = new ObjectOutputStream(out);
		objects.writeObject(value);
		objects.flush();
	}

	@Override
	public @Nullable Object decode(InputStream in, PayloadScope scope) throws IOException, ClassNotFoundException {
		long maxBytes = scope.limits().maxBytes();
		long available = (in instanceof ByteArrayInputStream) ? Math.min(in.available(), maxBytes) : maxBytes;
		ScopeFilter filter = new ScopeFilter(scope, available, this.known);
		try {
			Object value = new ScopedObjectInputStream(in, filter).readObject();
			filter.requireNoRefusal();
			return value;
		}
		catch (IOException | ClassNotFoundException | RuntimeException ex) {
			// Code of the application may have wrapped the refusal: say the reason
			// itself.
			filter.requireNoRefusal();
			throw ex;
		}
	}

}
