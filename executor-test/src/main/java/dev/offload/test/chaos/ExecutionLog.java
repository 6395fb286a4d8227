package dev.offload.test.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which tasks have run, and how often: each worker appends their numbers to a file of its
 * own, so that a worker that is killed takes none of them with it.
 */
final class ExecutionLog {

	private static final Object lock = new Object();

	/** The file of this worker. Guarded by the lock. */
	private static @Nullable FileChannel own;

	private ExecutionLog() {
	}

	// Called by a task, in its worker, before it does anything else.
	static void note(String directory, long id) throws IOException {
		ByteBuffer number = ByteBuffer.allocate(Long.BYTES).putLong(id).flip();
		synchronized (lock) {
			FileChannel file = own;
			if (file == null) {
				file = FileChannel.open(Path.of(directory, Long.toString(ProcessHandle.current().pid())),
						StandardOpenOption.CREATE, StandardOpenOption.APPEND);
				own = file;
			}
			file.write(number);
		}
	}

	// Called by the service when all workers are gone.
	static Map<Long, Integer> read(Path directory) throws IOException {
		Map<Long, Integer> runs = new HashMap<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				ByteBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(file));
				while (numbers.remaining() >= Long.BYTES) {
					runs.merge(numbers.getLong(), 1, Integer::sum);
				}
			}
		}
		return runs;
	}

	static void delete(Path directory) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
			for (Path file : files) {
				Files.delete(file);
			}
		}
		Files.delete(directory);
	}

}
