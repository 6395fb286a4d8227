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
		return decode(in, scope, new PayloadShape(scope.limits()), 0);
	}

	/**
	 * Reads an object that is a part of a payload of another codec.
	 * @param in where from
	 * @param scope what may be read
	 * @param shape keeps the limits on the objects of the whole payload
	 * @param depth how many objects it lies within
	 * @return the object
	 * @throws dev.offload.spi.RefusedTypeException if a class is not admitted
	 * @throws IOException if the bytes are wrong or over a limit
	 * @throws ClassNotFoundException if a class is not there
	 */
	public @Nullable Object decode(InputStream in, PayloadScope scope, PayloadShape shape, int depth)
			throws IOException, ClassNotFoundException {
		long maxBytes = scope.limits().maxBytes();
		long available = (in instanceof ByteArrayInputStream) ? Math.min(in.available(), maxBytes) : maxBytes;
		ScopeFilter filter = new ScopeFilter(scope, available, this.known, shape, depth);
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
