package dev.offload.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What has come of a value that travelled by reference. Safe for use by many threads.
 */
public interface StreamedContent {

	/**
	 * The file: the one that the sender has named, or a copy, which must not be kept.
	 * @return the path
	 */
	Path file();

	/**
	 * Whether the file is a copy that is removed: that of an argument when its task has
	 * ended, that of a result when it was read.
	 * @return {@code false} for a file that the sender has named
	 */
	boolean isCopy();

	/**
	 * Whether the content can be read once only: the file of a result is removed when the
	 * stream is closed.
	 * @return {@code true} for a copy in the service
	 */
	boolean isReadOnce();

	/**
	 * The length of the file in bytes.
	 * @return the length
	 * @throws IOException if the file is not there
	 */
	long length() throws IOException;

	/**
	 * What travelled beside the content.
	 * @return texts by name
	 */
	Map<String, String> attributes();

	/**
	 * Opens the content. In a worker what is open is closed when its task ends.
	 * @return the content from its beginning
	 * @throws IOException if it cannot be read, or was read before and can be only once
	 */
	InputStream open() throws IOException;

}
