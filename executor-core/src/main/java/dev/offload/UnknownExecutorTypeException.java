package dev.offload;

import java.io.Serial;
import java.util.List;

/**
 * Thrown when no factory makes executors of the type asked for.
 */
public class UnknownExecutorTypeException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String type;

	private final List<String> known;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param type the type asked for
	 * @param known the types that there are
	 * @param message what happened and what to do
	 */
	public UnknownExecutorTypeException(String executor, String type, List<String> known, String message) {
		super(executor, message);
		this.type = type;
		this.known = known;
	}

	/**
	 * The type asked for.
	 * @return the value
	 */
	public String type() {
		return this.type;
	}

	/**
	 * The types that there are.
	 * @return the value
	 */
	public List<String> known() {
		return this.known;
	}

}
