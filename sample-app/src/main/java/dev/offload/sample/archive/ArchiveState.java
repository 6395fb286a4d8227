package dev.offload.sample.archive;

import java.time.YearMonth;

import org.jspecify.annotations.Nullable;

/**
 * How far an archive is.
 *
 * @param id its id
 * @param month the month
 * @param status where it stands
 * @param total how many invoices it will have
 * @param done how many it has
 * @param retried how many had to be tried again
 * @param bytes its size so far
 * @param message why it failed, otherwise {@code null}
 */
public record ArchiveState(String id, YearMonth month, Status status, int total, int done, int retried, long bytes,
		@Nullable String message) {

	/**
	 * Whether it will not change any more.
	 * @return {@code true} if it has ended
	 */
	public boolean isFinal() {
		return this.status != Status.RUNNING;
	}

	/**
	 * Where an archive can stand.
	 */
	public enum Status {

		/**
		 * Invoices are being rendered.
		 */
		RUNNING,

		/**
		 * All are in the file.
		 */
		READY,

		/**
		 * At least one could not be rendered, so there is no file.
		 */
		FAILED,

		/**
		 * Somebody did not want it any more.
		 */
		CANCELLED

	}

}
