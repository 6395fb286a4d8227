package dev.offload.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.spi.StreamedType;

/**
 * The types whose values travel by reference. Immutable.
 */
public final class StreamedTypes {

	private static final Logger logger = LoggerFactory.getLogger(StreamedTypes.class);

	private final List<StreamedType> types;

	private StreamedTypes(List<StreamedType> types) {
		this.types = List.copyOf(types);
	}

	/**
	 * Those that the class path of this library has.
	 * @return the types, always the same
	 */
	public static StreamedTypes known() {
		return Known.TYPES;
	}

	/**
	 * Paths, streams, and what {@link ServiceLoader} finds.
	 * @param loader where to look
	 * @return the types
	 */
	public static StreamedTypes found(ClassLoader loader) {
		List<StreamedType> types = new ArrayList<>(List.of(new PathType(), new InputStreamType()));
		for (StreamedType type : ServiceLoader.load(StreamedType.class, loader)) {
			if (isThere(type)) {
				types.add(type);
			}
		}
		return new StreamedTypes(types);
	}

	// A type of a library that is not on the class path has no values.
	private static boolean isThere(StreamedType type) {
		try {
			return type.type() != null;
		}
		catch (LinkageError ex) {
			logger.debug("{} is left out, for its type is not on the class path", type.getClass().getName());
			return false;
		}
	}

	/**
	 * Whether values travel by reference where this type is declared for a parameter or a
	 * result.
	 * @param declared the declared type
	 * @return {@code true} for the types themselves, not for others that are assignable
	 */
	public boolean includes(Class<?> declared) {
		return this.types.stream().anyMatch((type) -> type.type() == declared);
	}

	// Whether one of these values is of such a type. Asked for each call.
	boolean matchAny(@Nullable Object[] values) {
		for (Object value : values) {
			if (value != null && !(value instanceof String) && !(value instanceof Number)
					&& find(value, Object.class) != null) {
				return true;
			}
		}
		return false;
	}

	// The type as which a value travels where such a type is declared, null if it does
	// not.
	@Nullable StreamedType find(@Nullable Object value, Class<?> declared) {
		for (StreamedType type : this.types) {
			if (type.type().isInstance(value) && declared.isAssignableFrom(type.type())) {
				return type;
			}
		}
		return null;
	}

	@Nullable StreamedType named(String name) {
		for (StreamedType type : this.types) {
			if (type.type().getName().equals(name)) {
				return type;
			}
		}
		return null;
	}

	// Whether values of a type may be named in the place of their content, which is said
	// by saying which file a value is.
	static boolean nameFiles(StreamedType type) {
		try {
			return type.getClass().getMethod("file", Object.class).getDeclaringClass() != StreamedType.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Looked for once, by the first executor.
	 */
	private static final class Known {

		static final StreamedTypes TYPES = found(StreamedTypes.class.getClassLoader());

	}

}
