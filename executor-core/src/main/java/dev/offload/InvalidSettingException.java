package dev.offload;

import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a setting of an executor has a value that it cannot have. If others are
 * wrong too, each of them is {@linkplain #getSuppressed() suppressed} by the first; see
 * {@link #all()}.
 */
public class InvalidSettingException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String setting;

	private final String problem;

	/**
	 * Creates one.
	 * @param executor the name of the executor, {@code null} where it is not known
	 * @param setting the name of the setting in configuration files
	 * @param problem what is wrong with which value
	 */
	public InvalidSettingException(@Nullable String executor, String setting, String problem) {
		super(((executor != null) ? "Executor '" + executor + "': " : "") + setting + " " + problem);
		this.setting = setting;
		this.problem = problem;
	}

	/**
	 * The name of the setting in configuration files.
	 * @return for example {@code worker.heap}
	 */
	public String setting() {
		return this.setting;
	}

	/**
	 * All that is wrong: this, and what it suppresses of its kind.
	 * @return the problems, this one first
	 */
	public List<InvalidSettingException> all() {
		Stream<InvalidSettingException> others = Arrays.stream(getSuppressed())
			.filter(InvalidSettingException.class::isInstance)
			.map(InvalidSettingException.class::cast);
		return Stream.concat(Stream.of(this), others).toList();
	}

	/**
	 * What is wrong with which value.
	 * @return for example {@code must be at least 8MB, but is 1024 bytes}
	 */
	public String problem() {
		return this.problem;
	}

}
