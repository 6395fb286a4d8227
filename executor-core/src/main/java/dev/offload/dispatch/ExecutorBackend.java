package dev.offload.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadException;
import dev.offload.WorkerSnapshot;
import dev.offload.spi.Payload;

/**
 * What makes a type of executor: where its slots come from.
 */
public interface ExecutorBackend {

	/**
	 * Called once, before everything else.
	 * @param services what the executor offers
	 */
	void attach(BackendServices services);

	/**
	 * Says whether a task can be taken at all, before it gets a place.
	 * @throws OffloadException if not
	 */
	default void requireAvailable() {
	}

	/**
	 * Whether the running time of tasks is limited.
	 * @return {@code false} where a debugger may stop them
	 */
	default boolean limitsTime() {
		return true;
	}

	/**
	 * Puts what travels by reference into files, on the thread of the caller of a task.
	 * @param work what it does
	 * @param copies whether content may be copied to files; otherwise it is refused, and
	 * only what names a file travels so
	 * @return the same with references to the files, or {@code null} if there are none
	 */
	default @Nullable StagedWork stage(Work work, boolean copies) {
		return null;
	}

	/**
	 * Encodes a task, on its caller's thread. What is attached may be the caller's own.
	 * @param work what it does
	 * @return its payload, {@code null} if the type needs none
	 */
	@Nullable Payload encode(Work work);

	/**
	 * A slot of its own for a task, on its caller's thread.
	 * @return the slot, {@code null} if tasks wait for slots that are offered
	 */
	default @Nullable Slot ownSlot() {
		return null;
	}

	// A task waits and no slot is idle. Must not block.
	void demand();

	// Starts what the settings want ready before the first task. Must not block.
	void start();

	// Ends everything. No task is left in a slot, but for those that could not be ended
	// by force. Returns when all is gone, or after some seconds.
	void end();

	/**
	 * Says why a limit has no meaning for this type.
	 * @param setting the name of its setting
	 * @return the reason, {@code null} if the type heeds it
	 */
	@Nullable String unheeded(String setting);

	/**
	 * The limits that are in force have changed, maybe more than once. Must not block.
	 */
	default void limitsChanged() {
	}

	/**
	 * Says whether tasks wait for slots at all.
	 * @throws UnsupportedOperationException if they do not; the message says why
	 */
	default void requireQueue() {
	}

	/**
	 * Replaces every worker, one after the other.
	 */
	default void recycle() {
		throw noProcesses();
	}

	/**
	 * Replaces one worker.
	 * @param worker its number
	 * @return {@code false} if it is not there or ends anyway
	 */
	default boolean recycle(int worker) {
		throw noProcesses();
	}

	/**
	 * The stacks of all threads of a worker.
	 * @param worker its number
	 * @return the text, or a failure that says why there is none
	 */
	default CompletableFuture<String> threadDump(int worker) {
		throw noProcesses();
	}

	private static UnsupportedOperationException noProcesses() {
		return new UnsupportedOperationException("it has no worker processes");
	}

	// Why no task is taken, null while tasks are.
	default @Nullable String unavailable() {
		return null;
	}

	/**
	 * The workers.
	 * @return one snapshot for each, none for types without processes
	 */
	default List<WorkerSnapshot> workers() {
		return List.of();
	}

	/**
	 * Counts the processes started.
	 * @return the number since the start
	 */
	default long workersStarted() {
		return 0;
	}

	/**
	 * Counts the processes that died without being told to.
	 * @return the number since the start
	 */
	default long workersCrashed() {
		return 0;
	}

}
