package dev.offload.codec.kryo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.lang.reflect.Modifier;

import com.esotericsoftware.kryo.KryoException;
import org.jspecify.annotations.Nullable;

import dev.offload.codec.PayloadLimitException;
import dev.offload.codec.PayloadShape;
import dev.offload.spi.PayloadScope;
import dev.offload.spi.RefusedTypeException;

/**
 * Says for one payload what may be read of it. The first refusal stays. Used by one
 * thread.
 */
final class ReadScope {

	private final PayloadScope scope;

	private final long available;

	/** Each element of an array or a collection takes one byte at least. */
	private long spareElements;

	private final PayloadShape shape;

	private @Nullable IOException refusal;

	ReadScope(PayloadScope scope, InputStream in) throws IOException {
		this.scope = scope;
		this.shape = new PayloadShape(scope.limits());
		long maxBytes = scope.limits().maxBytes();
		this.available = (in instanceof ByteArrayInputStream) ? Math.min(in.available(), maxBytes) : maxBytes;
		this.spareElements = this.available;
	}

	PayloadScope scope() {
		return this.scope;
	}

	PayloadShape shape() {
		return this.shape;
	}

	long available() {
		return this.available;
	}

	Class<?> load(String name) {
		try {
			this.shape.requireDimensions(name);
			return Class.forName(name, false, this.scope.classLoader());
		}
		catch (ClassNotFoundException ex) {
			throw Failures.wrap(ex);
		}
		catch (PayloadLimitException ex) {
			throw refuse(ex);
		}
	}

	// An array of an interface or an abstract class runs no code of it and holds only
	// elements that are asked for by themselves.
	void admit(Class<?> type) {
		Class<?> element = type;
		while (element.isArray()) {
			element = element.getComponentType();
		}
		boolean holdsAny = type.isArray() && (element == Object.class || Modifier.isAbstract(element.getModifiers()));
		if (!element.isPrimitive() && !holdsAny && !this.scope.admitted().test(element)) {
			throw refuse(new RefusedTypeException(element.getName()));
		}
	}

	void count(int depth) {
		try {
			this.shape.count();
			this.shape.requireDepth(depth);
		}
		catch (PayloadLimitException ex) {
			throw refuse(ex);
		}
	}

	// Over the whole payload, for nested ones could each announce all that is left.
	int elements(int announced) {
		this.spareElements -= announced;
		if (announced < 0 || this.spareElements < 0) {
			throw tooLong(announced);
		}
		return announced;
	}

	KryoException tooLong(long announced) {
		return refuse(new StreamCorruptedException(
				"an array of " + announced + " elements is announced, more than its bytes can hold"));
	}

	KryoException refuse(IOException reason) {
		if (this.refusal == null) {
			this.refusal = reason;
		}
		return Failures.wrap(this.refusal);
	}

	void requireNoRefusal() throws IOException {
		if (this.refusal != null) {
			throw this.refusal;
		}
	}

}
