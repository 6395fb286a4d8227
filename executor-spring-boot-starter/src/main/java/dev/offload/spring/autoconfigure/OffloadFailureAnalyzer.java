package dev.offload.spring.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.UnavailableExecutorTypeException;
import dev.offload.UnknownExecutorException;
import dev.offload.UnknownExecutorTypeException;
import dev.offload.spring.validation.InvalidOffloadMethodException;
import dev.offload.spring.validation.NearNames;

/**
 * Says what to do when an application does not start because of its executors.
 */
final class OffloadFailureAnalyzer extends AbstractFailureAnalyzer<OffloadException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, OffloadException cause) {
		if (cause instanceof InvalidOffloadMethodException invalid) {
			return new FailureAnalysis("Methods with @OffloadTo cannot be offloaded:" + listed(invalid.problems()),
					"Change each of the methods as it says, or remove its annotation.", cause);
		}
		if (cause instanceof InvalidOffloadSettingsException invalid) {
			return new FailureAnalysis("Settings of executors are wrong:" + listed(invalid.problems()),
					"Correct the values. Settings that an executor does not have are taken from " + "offload.defaults.",
					cause);
		}
		if (cause instanceof UnknownExecutorTypeException unknown) {
			return new FailureAnalysis(
					"Executor '" + unknown.executor() + "' is of type '" + unknown.type()
							+ "', which no factory makes.",
					"Set " + SettingPaths.EXECUTORS + unknown.executor() + ".type to one of "
							+ String.join(", ", unknown.known()) + ", or declare an ExecutorFactory bean of that type.",
					cause);
		}
		if (cause instanceof UnavailableExecutorTypeException unavailable) {
			return analyze(unavailable);
		}
		return (cause instanceof UnknownExecutorException unknown) ? analyze(unknown) : null;
	}

	private static FailureAnalysis analyze(UnavailableExecutorTypeException cause) {
		String executor = String.valueOf(cause.executor());
		String action = cause.type().equals(ExecutorSpec.PROCESS)
				? "Start the service on a JVM, from an executable archive or a class path. Or set "
						+ SettingPaths.EXECUTORS + executor + ".type (or " + SettingPaths.DEFAULTS
						+ "type, for all) to thread or inline, which have the same limits and errors, but run tasks in "
						+ "the service: a crash takes it along."
				: "Set " + SettingPaths.EXECUTORS + executor + ".type to another type.";
		return new FailureAnalysis(String.valueOf(cause.getMessage()), action, cause);
	}

	private static FailureAnalysis analyze(UnknownExecutorException cause) {
		String name = String.valueOf(cause.executor());
		String near = NearNames.nearest(name, cause.known())
			.map((candidate) -> "Did you mean '" + candidate + "'? ")
			.orElse("");
		return new FailureAnalysis(
				"There is no executor '" + name + "'. The executors are: " + String.join(", ", cause.known()) + ".",
				near + "Declare it by " + SettingPaths.EXECUTORS + name + ".type: process, or ask for another one.",
				cause);
	}

	private static String listed(List<String> problems) {
		return "\n\n    - " + String.join("\n    - ", problems);
	}

}
