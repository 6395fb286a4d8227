package dev.offload.codec.kryo;

import java.io.InvalidObjectException;

import com.esotericsoftware.kryo.util.MapReferenceResolver;

/**
 * Keeps objects that are there several times one object, but for values: of those only
 * their content counts. Used by one thread at a time.
 */
// Kryo has raw types.
@SuppressWarnings("rawtypes")
final class GraphReferences extends MapReferenceResolver {

	/** The answers live and die with the class. */
	private static final ClassValue<Boolean> REFERENCES = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return !KnownTypes.isValue(type) && !Enum.class.isAssignableFrom(type);
		}
	};

	@Override
	public boolean useReferences(Class type) {
		return REFERENCES.get(type);
	}

	@Override
	public Object getReadObject(Class type, int id) {
		Object object = super.getReadObject(type, id);
		if (object == null) {
			throw Failures.wrap(new InvalidObjectException("an object holds itself through a record or an immutable "
					+ "collection, which can only be made when all that it holds is there"));
		}
		return object;
	}

}
