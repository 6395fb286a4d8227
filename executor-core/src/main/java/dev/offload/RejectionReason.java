package dev.offload;

/**
 * Why a task was refused.
 */
public enum RejectionReason {

	/**
	 * The executor holds {@code max-pending} tasks.
	 */
	MAX_PENDING,

	/**
	 * The executor holds tasks of {@code max-pending-bytes}.
	 */
	MAX_PENDING_BYTES,

	/**
	 * The files of the executor hold {@code max-spool-bytes}.
	 */
	MAX_SPOOL_BYTES,

	/**
	 * The executor is closing or closed.
	 */
	CLOSED,

	/**
	 * An argument cannot be sent.
	 */
	PAYLOAD,

	/**
	 * No worker can be started at present.
	 */
	NO_WORKER,

	/**
	 * As many tasks of its kind run as may.
	 */
	MAX_CONCURRENT,

	/**
	 * More tasks were submitted in a time than may be.
	 */
	RATE_LIMIT,

	/**
	 * Work of its kind has crashed too many workers of late.
	 */
	QUARANTINED,

	/**
	 * Another task of its id has not ended.
	 */
	DUPLICATE_ID,

	/**
	 * Its deadline had passed when it was submitted.
	 */
	DEADLINE

}
