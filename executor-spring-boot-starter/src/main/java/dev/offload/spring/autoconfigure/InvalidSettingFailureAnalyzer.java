package dev.offload.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.offload.InvalidSettingException;

/**
 * Says what to do when code of the application makes an executor with a setting that it
 * cannot have.
 */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
		return new FailureAnalysis("A setting of an executor is wrong:\n\n    - " + cause.getMessage(),
				"Correct the value of " + cause.setting() + " where the specification of the executor is built.",
				cause);
	}

}
