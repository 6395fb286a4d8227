package dev.offload.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a worker may use of the machine, computed when it is started.
 *
 * @param heapBytes the largest heap, {@code null} if {@code worker.jvm-args} or the JVM
 * itself decides
 * @param processors the processors that its JVM counts on, {@code null} if
 * {@code worker.jvm-args} or the JVM itself decides
 */
public record WorkerShare(@Nullable Long heapBytes, @Nullable Integer processors) {

	/**
	 * Leaves both to the JVM.
	 */
	public static final WorkerShare NONE = new WorkerShare(null, null);

}
