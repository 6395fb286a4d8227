package dev.offload;

import java.io.Serial;

/**
 * Thrown when an executor has no room for a task. Nothing of the task was run; trying
 * again later may succeed.
 */
public class ExecutorOverloadException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final RejectionReason reason;

	private final long pending;

	private final long limit;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param reason which limit was met
	 * @param pending the tasks or bytes held
	 * @param limit the limit met
	 * @param message what happened and what to do
	 */
	public ExecutorOverloadException(String executor, RejectionReason reason, long pending, long limit,
			String message) {
		super(executor, message);
		this.reason = reason;
		this.pending = pending;
		this.limit = limit;
	}

	/**
	 * Which limit was met.
	 * @return the value
	 */
	public RejectionReason reason() {
		return this.reason;
	}

	/**
	 * The tasks or bytes held.
	 * @return the value
	 */
	public long pending() {
		return this.pending;
	}

	/**
	 * The limit met.
	 * @return the value
	 */
	public long limit() {
		return this.limit;
	}

}
