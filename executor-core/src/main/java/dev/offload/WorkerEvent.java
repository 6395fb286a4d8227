package dev.offload;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a worker.
 *
 * @param executor the name of the executor
 * @param worker the number of the worker in its executor
 * @param pid the process id, {@code -1} if there never was a process
 * @param change what happened
 * @param reason why, as one lower-case word such as {@code demand}, {@code crash} or
 * {@code timeout}
 * @param death how it ended, {@code null} before
 */
public record WorkerEvent(String executor, int worker, long pid, Change change, String reason,
		@Nullable WorkerDeath death) {

	private static final Set<String> CRASHES = Set.of("crash", "hang", "protocol");

	private static final Set<String> RECYCLINGS = Set.of("recycle", "age", "memory", "request");

	/**
	 * Whether it has died without being told to, or had to be killed for what it did.
	 * @return {@code true} if it has ended by a crash, without a sign of life, or by
	 * breaking the protocol
	 */
	public boolean isCrash() {
		return this.change == Change.ENDED && CRASHES.contains(this.reason);
	}

	/**
	 * Whether it has ended to be replaced by a new one.
	 * @return {@code true} if it had run as many tasks as it may, was too old or too
	 * large, or an operator wanted a new one
	 */
	public boolean isRecycled() {
		return this.change == Change.ENDED && RECYCLINGS.contains(this.reason);
	}

	/**
	 * What happens to workers.
	 */
	public enum Change {

		/**
		 * A process was started.
		 */
		STARTED,

		/**
		 * It is ready for tasks.
		 */
		READY,

		/**
		 * It has ended, whatever the reason.
		 */
		ENDED

	}

}
