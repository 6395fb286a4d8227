package dev.offload.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * How a store fares.
 *
 * @param failure why the last attempt to write failed, or what has gone on for too long,
 * {@code null} if nothing is wrong
 * @param unwritten how many tasks are to be written still
 * @param unwrittenBytes how many bytes their results have
 * @param written how many rows were written since it was made
 * @param failures how many attempts to write have failed since it was made
 * @param dropped how many ended tasks were not written, for want of room or because the
 * database refused them, since it was made
 * @param unkeptResults how many results were not kept, since it was made: too large, not
 * to be encoded, or without room while the database was away
 */
public record JdbcTaskStoreState(@Nullable String failure, int unwritten, long unwrittenBytes, long written,
		long failures, long dropped, long unkeptResults) {

	/**
	 * Whether the database answers.
	 * @return {@code true} if the last attempt to write has not failed, and none takes
	 * too long
	 */
	public boolean isAvailable() {
		return this.failure == null;
	}

}
