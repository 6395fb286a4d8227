package dev.offload;

import java.io.Serial;
import java.util.List;

/**
 * Thrown when there is no executor of the name asked for.
 */
public class UnknownExecutorException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final List<String> known;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param known the names of the executors that there are
	 * @param message what happened and what to do
	 */
	public UnknownExecutorException(String executor, List<String> known, String message) {
		super(executor, message);
		this.known = known;
	}

	/**
	 * The names of the executors that there are.
	 * @return the value
	 */
	public List<String> known() {
		return this.known;
	}

}
