package dev.offload.spi;

import dev.offload.TaskRecord;

/**
 * A task that has not ended. Safe for use by many threads.
 */
public interface LiveTask {

	/**
	 * Its id.
	 * @return the id
	 */
	String id();

	/**
	 * What is known of it now.
	 * @return the record
	 */
	TaskRecord record();

	/**
	 * Whether its executor has accepted it: before that nobody is told of it.
	 * @return {@code true} once it was accepted
	 */
	boolean isAccepted();

	/**
	 * Whether its end is known, though it may not be told yet.
	 * @return {@code true} once it has ended
	 */
	boolean isEnded();

	/**
	 * Whether somebody waits for its end, and so need not ask for it here.
	 * @return {@code false} for a task whose caller has a handle only
	 */
	boolean isAwaited();

	/**
	 * Cancels it.
	 * @return {@code true} if it ends as cancelled
	 */
	boolean cancel();

}
