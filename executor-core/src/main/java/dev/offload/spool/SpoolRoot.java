package dev.offload.spool;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The directory of a spool, made when it is needed.
 */
@FunctionalInterface
public interface SpoolRoot {

	/**
	 * Makes the directory, or gives the one made before.
	 * @return a directory that only this user can enter
	 * @throws IOException if it cannot be made; the message says where and what to do
	 */
	Path open() throws IOException;

}
