package dev.offload;

import java.io.Serial;

/**
 * Thrown when there are executors of a type, but none can be made in this JVM.
 */
public class UnavailableExecutorTypeException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String type;

	private final String reason;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param type its type
	 * @param reason why there is none and what to do, as what is said of the type
	 */
	public UnavailableExecutorTypeException(String executor, String type, String reason) {
		super(executor, "Executor '" + executor + "' is of type " + type + ", which " + reason);
		this.type = type;
		this.reason = reason;
	}

	/**
	 * The type.
	 * @return its name in settings
	 */
	public String type() {
		return this.type;
	}

	/**
	 * Why there is none and what to do.
	 * @return for example {@code needs JDK 21 or newer, and this is JDK 17}
	 */
	public String reason() {
		return this.reason;
	}

}
