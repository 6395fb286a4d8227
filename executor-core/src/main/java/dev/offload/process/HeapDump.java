package dev.offload.process;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The dump of its heap that a worker leaves when that is full.
 */
final class HeapDump {

	/** Clocks of file systems may be coarse. */
	private static final long TOLERANCE_MILLIS = 2000;

	private HeapDump() {
	}

	/**
	 * Finds the dump of one worker.
	 * @param directory {@code worker.heap-dumps}, {@code null} if there are none
	 * @param pid the process id of the worker
	 * @param startMillis when it was started: an older file is of another process
	 * @return its path, {@code null} if it has left none
	 */
	static @Nullable String find(@Nullable String directory, long pid, long startMillis) {
		if (directory == null) {
			return null;
		}
		Path file = Path.of(directory).toAbsolutePath().resolve("java_pid" + pid + ".hprof");
		boolean own = Files.isRegularFile(file) && file.toFile().lastModified() >= startMillis - TOLERANCE_MILLIS;
		return own ? file.toString() : null;
	}

}
