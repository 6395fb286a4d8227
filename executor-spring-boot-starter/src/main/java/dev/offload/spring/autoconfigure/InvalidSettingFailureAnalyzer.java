package dev.offload.spring.autoconfigure;

import java.util.stream.Collectors;

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
		String problems = cause.all()
			.stream()
			.map((each) -> "    - " + each.getMessage())
			.collect(Collectors.joining("\n"));
		String settings = cause.all()
			.stream()
			.map(InvalidSettingException::setting)
			.distinct()
			.collect(Collectors.joining(", "));
		return new FailureAnalysis("A setting of an executor is wrong:\n\n" + problems,
				"Correct the value of " + settings + " where the specification of the executor is built.", cause);
	}

}
