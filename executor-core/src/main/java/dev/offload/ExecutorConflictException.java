package dev.offload;

import java.io.Serial;
import java.util.List;

/**
 * Thrown when an executor is asked for with other settings than it has.
 */
public class ExecutorConflictException extends OffloadException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final List<String> settings;

	/**
	 * Creates one.
	 * @param executor the name of the executor
	 * @param settings the names of the settings that differ
	 * @param message what happened and what to do
	 */
	public ExecutorConflictException(String executor, List<String> settings, String message) {
		super(executor, message);
		this.settings = settings;
	}

	/**
	 * The names of the settings that differ.
	 * @return the value
	 */
	public List<String> settings() {
		return this.settings;
	}

}
