package dev.offload.pool;

import java.util.Locale;

/**
 * Why a worker ends.
 */
enum EndReason {

	/** Nobody told it to. */
	CRASH,

	/** It broke the protocol. */
	PROTOCOL,

	/** It could not become ready. */
	START_FAILED,

	/** A task of it ran longer than its limit. */
	TIMEOUT,

	/** A running task of it was cancelled. */
	CANCEL,

	/** It gave no sign of life. */
	HANG,

	/** It ran as many tasks as it may. */
	RECYCLE,

	/** It is as old as it may get. */
	AGE,

	/** It takes more memory than it may. */
	MEMORY,

	/** An operator wants a new one. */
	REQUEST,

	/** There are more than there may be since the executor was resized. */
	RESIZE,

	/** It had no task for long. */
	IDLE,

	/** Its executor closes. */
	CLOSE;

	// The word used in events and meters.
	String word() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
