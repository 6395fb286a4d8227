package dev.offload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with settings, so that all of it can be told at once. Not safe
 * for use by many threads.
 */
final class SpecChecks {

	private final @Nullable String executor;

	private final List<InvalidSettingException> problems = new ArrayList<>();

	SpecChecks(@Nullable String executor) {
		this.executor = executor;
	}

	void atLeast(String setting, long value, long least) {
		if (value < least) {
			wrong(setting, "must be at least " + least, value);
		}
	}

	void notNegative(String setting, Duration value) {
		if (value.isNegative()) {
			wrong(setting, "must not be negative", value);
		}
	}

	void wrong(String setting, String rule, Object value) {
		wrong(setting, rule + ", but is " + value);
	}

	void wrong(String setting, String problem) {
		this.problems.add(new InvalidSettingException(this.executor, setting, problem));
	}

	// Throws the first problem, with the others suppressed.
	void end() {
		if (!this.problems.isEmpty()) {
			InvalidSettingException first = this.problems.get(0);
			this.problems.stream().skip(1).forEach(first::addSuppressed);
			throw first;
		}
	}

}
