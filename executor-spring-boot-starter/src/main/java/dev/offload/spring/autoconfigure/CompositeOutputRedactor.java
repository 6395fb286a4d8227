package dev.offload.spring.autoconfigure;

import java.util.List;

import dev.offload.spi.OutputRedactor;

/**
 * Passes each line through all redactors, in their order.
 */
final class CompositeOutputRedactor implements OutputRedactor {

	private final List<OutputRedactor> redactors;

	CompositeOutputRedactor(List<OutputRedactor> redactors) {
		this.redactors = List.copyOf(redactors);
	}

	@Override
	public String redact(String line) {
		String redacted = line;
		for (OutputRedactor redactor : this.redactors) {
			redacted = redactor.redact(redacted);
		}
		return redacted;
	}

}
