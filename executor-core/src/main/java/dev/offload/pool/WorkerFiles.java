package dev.offload.pool;

import java.nio.file.Path;

import dev.offload.spool.PrivateDirectory;

/**
 * The directories of one worker, which may be the same.
 *
 * @param directory has its arguments and what its JVM leaves
 * @param spool has the files of its results
 */
record WorkerFiles(Path directory, Path spool) {

	// Never throws.
	void remove() {
		PrivateDirectory.delete(this.directory);
		PrivateDirectory.delete(this.spool);
	}

}
