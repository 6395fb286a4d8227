package dev.offload.worker;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Tells a Linux kernel that is out of memory to end this worker, and what it has started,
 * before the service: a worker is replaced, a service is not.
 */
final class OutOfMemoryOrder {

	private static final String FILE = "/proc/self/oom_score_adj";

	/** Half of all memory, in the thousandths by which the kernel counts. */
	private static final int ADDED = 500;

	/** All of it. */
	private static final int MAX = 1000;

	private static final int MAX_BYTES = 16;

	private OutOfMemoryOrder() {
	}

	/**
	 * Raises the score that was inherited from the service. Whoever may not, or has no
	 * such file, goes on as it is.
	 * @param first whether to be the first of all
	 */
	static void beforeTheService(boolean first) {
		try {
			int score = first ? MAX : Math.min(MAX, read() + ADDED);
			try (FileOutputStream file = new FileOutputStream(FILE)) {
				file.write(Integer.toString(score).getBytes(StandardCharsets.US_ASCII));
			}
		}
		catch (IOException | RuntimeException ex) {
			// Another system, or one that forbids it.
		}
	}

	private static int read() throws IOException {
		try (FileInputStream file = new FileInputStream(FILE)) {
			return Integer.parseInt(new String(file.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).trim());
		}
	}

}
