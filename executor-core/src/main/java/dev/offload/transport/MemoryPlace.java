package dev.offload.transport;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Says where memory is made that both sides of a connection have. Asked once, with the
 * first long message.
 */
@FunctionalInterface
public interface MemoryPlace {

	/**
	 * The file to make. Its name goes as soon as both sides have it.
	 * @return the path
	 * @throws IOException if there is no place for it
	 */
	Path file() throws IOException;

}
