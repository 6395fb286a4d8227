package dev.offload.pool;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.spi.OutputRedactor;

/**
 * Never passes a line on that could not be redacted.
 *
 * @param redactor what redacts
 */
record SafeRedactor(OutputRedactor redactor) implements OutputRedactor {

	static final String LEFT_OUT = "(a line that could not be redacted was left out)";

	private static final Logger logger = LoggerFactory.getLogger(SafeRedactor.class);

	@Override
	public String redact(String line) {
		try {
			@Nullable String redacted = this.redactor.redact(line);
			return (redacted != null) ? redacted : LEFT_OUT;
		}
		catch (RuntimeException | Error ex) {
			// Its message may have the line in it.
			logger.debug("A redactor of output failed with {}", ex.getClass().getName());
			return LEFT_OUT;
		}
	}

	// A text of several lines.
	String redactAll(String text) {
		return text.lines().map(this::redact).collect(Collectors.joining("\n", "", "\n"));
	}

}
