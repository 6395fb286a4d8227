package dev.offload;

import java.io.Serial;

/**
 * Thrown when the results of a batch are asked for of which some items failed. Its cause
 * is the failure of the first of them. {@link Batch#outcomes()} has the others, and the
 * results of those that did not fail.
 */
public class BatchException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final long failed;

	private final long firstFailed;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param message what happened and what to do
	 * @param failed how many items failed
	 * @param first the first item that failed
	 */
	public BatchException(String executor, String message, long failed, ItemOutcome<?> first) {
		super(executor, message, first.failure());
		this.failed = failed;
		this.firstFailed = first.index();
	}

	/**
	 * How many items failed.
	 * @return the number, 1 or more
	 */
	public long failed() {
		return this.failed;
	}

	/**
	 * Which item was the first that failed.
	 * @return its index
	 */
	public long firstFailed() {
		return this.firstFailed;
	}

}
