package dev.offload.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.StreamCorruptedException;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.PayloadScope;
import dev.offload.spi.RefusedTypeException;

/**
 * Says for one object stream what may be read. The first refusal stays: code of the
 * application that swallows it while it is read does not get its object through. Used by
 * one thread.
 */
final class ScopeFilter implements ObjectInputFilter {

	static final String PROXY = "java.lang.reflect.Proxy";

	private static final Map<String, Class<?>> PRIMITIVES = Map.of("boolean", boolean.class, "byte", byte.class, "char",
			char.class, "short", short.class, "int", int.class, "long", long.class, "float", float.class, "double",
			double.class, "void", void.class);

	/**
	 * References in arrays for each byte of the stream. An element takes one byte at
	 * least, and the table of the smallest map of the JDK less than four for each byte of
	 * the map.
	 */
	private static final int REFERENCES_PER_BYTE = 4;

	private static final int SPARE_REFERENCES = 1024;

	private final PayloadScope scope;

	private final long available;

	/**
	 * The abstract classes that admitted ones extend: admitted with them.
	 */
	private final Set<Class<?>> bases = Collections.newSetFromMap(new IdentityHashMap<>());

	private long spareReferences;

	private final PayloadShape shape;

	/** How deep in the payload the stream begins. */
	private final int outerDepth;

	private @Nullable IOException refusal;

	private final KnownClasses.ByName known;

	ScopeFilter(PayloadScope scope, long available, KnownClasses known, PayloadShape shape, int outerDepth) {
		this.shape = shape;
		this.outerDepth = outerDepth;
		this.known = known.of(scope.classLoader());
		this.scope = scope;
		this.available = available;
		this.spareReferences = REFERENCES_PER_BYTE * available + SPARE_REFERENCES;
	}

	Class<?> load(String name) throws IOException, ClassNotFoundException {
		requireNoRefusal();
		Class<?> before = this.known.get(name);
		Class<?> type = (before != null) ? before : find(name);
		Class<?> element = elementOf(type);
		if (!isAdmitted(type, element)) {
			throw refuse(element.getName());
		}
		if (before == null) {
			this.known.add(type);
		}
		for (Class<?> base = type.getSuperclass(); base != null; base = base.getSuperclass()) {
			if (Modifier.isAbstract(base.getModifiers())) {
				this.bases.add(base);
			}
		}
		return type;
	}

	private Class<?> find(String name) throws IOException, ClassNotFoundException {
		try {
			this.shape.requireDimensions(name);
		}
		catch (PayloadLimitException ex) {
			throw remember(ex);
		}
		Class<?> primitive = PRIMITIVES.get(name);
		return (primitive != null) ? primitive : Class.forName(name, false, this.scope.classLoader());
	}

	IOException refuse(String type) {
		return remember(new RefusedTypeException(type));
	}

	void count() throws IOException {
		try {
			this.shape.count();
		}
		catch (PayloadLimitException ex) {
			throw remember(ex);
		}
	}

	void requireNoRefusal() throws IOException {
		if (this.refusal != null) {
			throw this.refusal;
		}
	}

	@Override
	public Status checkInput(FilterInfo info) {
		if (this.refusal != null) {
			return Status.REJECTED;
		}
		try {
			this.shape.requireDepth(this.outerDepth + info.depth());
			this.shape.requireCount(info.references());
		}
		catch (PayloadLimitException ex) {
			return reject(ex);
		}
		if (info.streamBytes() > this.available) {
			return reject(PayloadLimitException.ofBytes(this.scope.limits().maxBytes()));
		}
		Class<?> type = info.serialClass();
		if (type != null && info.arrayLength() >= 0 && !fits(type, info)) {
			return reject(new StreamCorruptedException(
					"an array of " + info.arrayLength() + " elements is announced, more than its bytes can hold"));
		}
		return Status.ALLOWED;
	}

	// Arrays of primitives take what they say. For arrays of references a budget is kept
	// over the whole stream: nested ones could each announce all that is left.
	private boolean fits(Class<?> type, FilterInfo info) {
		Class<?> component = type.getComponentType();
		if (component != null && component.isPrimitive()) {
			return info.arrayLength() * size(component) <= this.available - info.streamBytes();
		}
		this.spareReferences -= info.arrayLength();
		return this.spareReferences >= 0;
	}

	private static long size(Class<?> primitive) {
		if (primitive == long.class || primitive == double.class) {
			return Long.BYTES;
		}
		if (primitive == int.class || primitive == float.class) {
			return Integer.BYTES;
		}
		return (primitive == short.class || primitive == char.class) ? Short.BYTES : Byte.BYTES;
	}

	// An array of an interface or an abstract class runs no code of it and holds only
	// elements that are asked for by themselves.
	private boolean isAdmitted(Class<?> type, Class<?> element) {
		if (element.isPrimitive()) {
			return true;
		}
		if (type.isArray() && (element == Object.class || Modifier.isAbstract(element.getModifiers()))) {
			return true;
		}
		return this.bases.contains(element) || this.scope.admitted().test(element);
	}

	private static Class<?> elementOf(Class<?> type) {
		Class<?> element = type;
		while (element.isArray()) {
			element = element.getComponentType();
		}
		return element;
	}

	private Status reject(IOException reason) {
		remember(reason);
		return Status.REJECTED;
	}

	private IOException remember(IOException reason) {
		if (this.refusal == null) {
			this.refusal = reason;
		}
		return this.refusal;
	}

}
