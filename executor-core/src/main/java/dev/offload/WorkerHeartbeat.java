package dev.offload;

import java.io.Serializable;
import java.time.Duration;

/**
 * The last sign of life of a worker, and what it then used.
 *
 * @param heapUsedBytes how much of its heap was in use, garbage included
 * @param heapCommittedBytes how much memory its heap had from the system
 * @param heapMaxBytes how large its heap may become
 * @param residentBytes how much of the machine's memory the whole process held, as the
 * system counts it; {@code -1} where the system does not tell
 * @param threads how many threads of Java it had
 * @param age how long ago that was
 */
public record WorkerHeartbeat(long heapUsedBytes, long heapCommittedBytes, long heapMaxBytes, long residentBytes,
		int threads, Duration age) implements Serializable {
}
