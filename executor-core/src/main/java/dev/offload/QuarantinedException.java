package dev.offload;

import java.io.Serial;
import java.time.Duration;

/**
 * Thrown when work is refused because it has crashed too many workers of late. Nothing of
 * it was run.
 */
public class QuarantinedException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String key;

	private final int crashes;

	private final Duration remaining;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param key what names the work
	 * @param crashes how many workers it has crashed
	 * @param remaining how long it is refused still
	 * @param message what happened and what to do
	 */
	public QuarantinedException(String executor, String key, int crashes, Duration remaining, String message) {
		super(executor, message);
		this.key = key;
		this.crashes = crashes;
		this.remaining = remaining;
	}

	/**
	 * What names the work: as given with it, or made of what it does.
	 * @return the key, by which {@link ExecutorOperations#release} lets it in again
	 */
	public String key() {
		return this.key;
	}

	/**
	 * How many workers it has crashed.
	 * @return the number
	 */
	public int crashes() {
		return this.crashes;
	}

	/**
	 * How long it is refused still.
	 * @return the time
	 */
	public Duration remaining() {
		return this.remaining;
	}

}
