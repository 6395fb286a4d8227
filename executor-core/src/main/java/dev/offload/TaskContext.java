package dev.offload;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a task knows of itself, where it runs. Safe for use by the threads of the task.
 */
public interface TaskContext {

	/**
	 * The context of the task that this thread runs.
	 * @return the context; outside of a task one whose progress nobody hears of
	 */
	static TaskContext current() {
		return CurrentTask.get();
	}

	/**
	 * The id of the task.
	 * @return the id, empty outside of a task
	 */
	String id();

	/**
	 * Which attempt this is.
	 * @return the number, from 1
	 */
	int attempt();

	/**
	 * When the task must have ended: its deadline, or the end of its time limit if that
	 * comes first.
	 * @return the moment by the clock of this process, or empty
	 */
	Optional<Instant> deadline();

	/**
	 * Whether the task is to end: it was cancelled, or its time is up.
	 * @return {@code true} if it should return soon
	 */
	boolean isCancelled();

	/**
	 * Says how far the task is. May be called as often as one likes: what comes too
	 * quickly after another is left out, but the last one arrives.
	 * @param done how much is done, in whatever unit
	 * @param total how much there is, {@code -1} if it is not known
	 * @param message what is being done, {@code null} for nothing to say
	 */
	void progress(long done, long total, @Nullable String message);

	/**
	 * Says how far the task is.
	 * @param done how much is done, in whatever unit
	 * @param total how much there is, {@code -1} if it is not known
	 */
	default void progress(long done, long total) {
		progress(done, total, null);
	}

}
