package dev.offload.spring.autoconfigure;

import java.io.Serial;
import java.util.List;

import dev.offload.OffloadException;

/**
 * Thrown at start when settings have values that they cannot have.
 */
public class InvalidOffloadSettingsException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final List<String> problems;

	/**
	 * Creates one.
	 * @param problems what is wrong, each with the full path of its property
	 */
	public InvalidOffloadSettingsException(List<String> problems) {
		super(null, "Settings of executors are wrong: " + String.join("; ", problems));
		this.problems = List.copyOf(problems);
	}

	/**
	 * What is wrong, each with the full path of its property.
	 * @return the problems, at least one
	 */
	public List<String> problems() {
		return this.problems;
	}

}
