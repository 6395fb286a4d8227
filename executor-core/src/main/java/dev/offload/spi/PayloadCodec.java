package dev.offload.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Turns objects into bytes and back. The service and its workers use the same codec.
 * Implementations are safe for use by many threads. Those that
 * {@link java.util.ServiceLoader} finds are chosen by their name; a worker makes one of
 * the same class, by its constructor without parameters.
 */
public interface PayloadCodec {

	/**
	 * The name used in settings and messages.
	 * @return one word
	 */
	String name();

	/**
	 * Whether only objects whose classes are {@link java.io.Serializable} can be written.
	 * Otherwise nothing is said at the start of declared types that are not.
	 * @return {@code true} by default
	 */
	default boolean requiresSerializable() {
		return true;
	}

	/**
	 * Writes one object.
	 * @param value the object, possibly an array of arguments
	 * @param out where to
	 * @throws java.io.NotSerializableException if a part of it cannot be written; the
	 * message is the name of its class
	 * @throws IOException if writing fails
	 */
	void encode(@Nullable Object value, OutputStream out) throws IOException;

	/**
	 * Reads one object.
	 * @param in where from
	 * @param scope what may be read
	 * @return the object
	 * @throws RefusedTypeException if a class is not admitted
	 * @throws IOException if the bytes are wrong or over a limit
	 * @throws ClassNotFoundException if a class is not there
	 */
	@Nullable Object decode(InputStream in, PayloadScope scope) throws IOException, ClassNotFoundException;

}
