package dev.offload.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A type whose values travel by reference, as arguments and as results by themselves: as
 * the path of a file that both processes can read, or by a file that their content is
 * copied to. Found by {@link java.util.ServiceLoader} in the service and in its workers.
 * Implementations are safe for use by many threads. One whose type is not on the class
 * path is left out.
 */
public interface StreamedType {

	/**
	 * The type that parameters and results declare, which is what the other side gets.
	 * @return a type
	 */
	Class<?> type();

	/**
	 * The file that a value is, which then is named and not copied.
	 * @param value the value
	 * @return its path, or {@code null} if its content has to be copied
	 * @throws IOException if it cannot be said, or is no file that another process can
	 * read
	 */
	default @Nullable Path file(Object value) throws IOException {
		return null;
	}

	/**
	 * The content of a value that is copied. It is read on the thread that submits or
	 * runs the task, and closed after it, unless the value is the stream itself.
	 * @param value the value
	 * @return its content
	 * @throws IOException if it cannot be read
	 */
	InputStream open(Object value) throws IOException;

	/**
	 * What travels beside the content, such as the name of a file.
	 * @param value the value
	 * @return texts by name
	 */
	default Map<String, String> attributes(Object value) {
		return Map.of();
	}

	/**
	 * Makes the value of the other side.
	 * @param content the file, and what travelled beside it
	 * @return a value of the {@linkplain #type() type}
	 * @throws IOException if it cannot be read
	 */
	Object restore(StreamedContent content) throws IOException;

}
