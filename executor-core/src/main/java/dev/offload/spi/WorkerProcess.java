package dev.offload.spi;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.offload.WorkerDeath;

/**
 * A worker process as its service sees it. Safe for use by many threads.
 */
public interface WorkerProcess {

	/**
	 * The process id: of the worker once it is {@linkplain #identify known}, until then
	 * of the process that was started, which may be a wrapper.
	 * @return the process id
	 */
	long pid();

	/**
	 * Says which process the worker is, as it told in the handshake.
	 * @param pid its process id
	 */
	void identify(long pid);

	/**
	 * What the worker must say of its classes in the handshake, so that no worker of
	 * other classes is taken: the version of this library, and with some launchers more
	 * after a space.
	 * @return the text, or the beginning of it
	 */
	default String fingerprint() {
		return OffloadVersion.current();
	}

	/**
	 * Whether it took much of its start from the work of one before it, as from shared
	 * class data. Known once it is {@linkplain #identify known}.
	 * @return whether it did
	 */
	default boolean startedFromCache() {
		return false;
	}

	/**
	 * Whether it still lives.
	 * @return {@code false} after its end
	 */
	boolean isAlive();

	/**
	 * Kills it and every process that it has started, at once and without asking. Does
	 * not wait. Does nothing after its end but kill what it left behind.
	 */
	void kill();

	/**
	 * Its end. What it left running is killed before the future completes.
	 * @return a future that never fails, the same each time
	 */
	CompletableFuture<WorkerDeath> onEnd();

	/**
	 * The last lines that it printed.
	 * @return a copy
	 */
	List<String> lastOutput();

	/**
	 * Adds a line to its last output, which it has told in another way than by printing
	 * it.
	 * @param line the line
	 */
	default void addOutput(String line) {
		// There is no last output to add to.
	}

	/**
	 * Asks it for the stacks of its threads when it does not answer over its connection.
	 * May take a moment, so it is not called where others wait.
	 * @return a future that never fails: the text, empty if there is none
	 */
	default CompletableFuture<String> threadDump() {
		return CompletableFuture.completedFuture("");
	}

}
