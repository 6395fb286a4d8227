package dev.offload.spring.validation;

import java.io.Serial;
import java.util.List;

import dev.offload.OffloadException;

/**
 * Thrown at start when annotated methods can never run in their executors.
 */
public class InvalidOffloadMethodException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final List<String> problems;

	/**
	 * Creates one.
	 * @param problems what is wrong and what to do, for each method that is refused
	 */
	public InvalidOffloadMethodException(List<String> problems) {
		super(null, "Methods with @OffloadTo cannot be offloaded: " + String.join("; ", problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * What is wrong and what to do, for each method that is refused.
	 * @return the problems, at least one
	 */
	public List<String> problems() {
		return this.problems;
	}

}
