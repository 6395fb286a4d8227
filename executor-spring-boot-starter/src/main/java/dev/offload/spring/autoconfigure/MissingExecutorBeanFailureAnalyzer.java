package dev.offload.spring.autoconfigure;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.spring.validation.NearNames;

/**
 * Says which executors there are when a bean asks for one that there is not. It comes
 * before the analyzer of Spring Boot, which knows nothing of them.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class MissingExecutorBeanFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private final @Nullable Environment environment;

	MissingExecutorBeanFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		if (this.environment == null || cause.getResolvableType() == null
				|| cause.getResolvableType().resolve() != OffloadExecutor.class) {
			return null;
		}
		if (!this.environment.getProperty("offload.enabled", Boolean.class, true)) {
			return new FailureAnalysis("A bean asks for an executor, and offload.enabled is false.",
					"Remove offload.enabled, or let the bean do without (ObjectProvider). To run tasks in the service, "
							+ "set offload.bypass to true instead.",
					cause);
		}
		return analyze(qualifier(rootFailure), cause);
	}

	private @Nullable FailureAnalysis analyze(@Nullable String asked, NoSuchBeanDefinitionException cause) {
		Set<String> known = known();
		if (asked == null || known.isEmpty() || known.contains(asked)) {
			return null;
		}
		String near = NearNames.nearest(asked, known)
			.map((candidate) -> "Did you mean '" + candidate + "'? ")
			.orElse("");
		return new FailureAnalysis(
				"A bean asks for executor '" + asked + "', which there is not. The executors are: "
						+ String.join(", ", known) + ".",
				near + "Declare it by " + SettingPaths.EXECUTORS + asked + ".type: process, or ask for another one.",
				cause);
	}

	private Set<String> known() {
		try {
			return (this.environment != null) ? OffloadAutoConfiguration.readSpecs(this.environment).made().keySet()
					: Set.of();
		}
		catch (OffloadException ex) {
			return Set.of();
		}
	}

	private static @Nullable String qualifier(Throwable rootFailure) {
		String asked = null;
		for (Throwable current = rootFailure; current != null; current = current.getCause()) {
			InjectionPoint point = (current instanceof UnsatisfiedDependencyException unsatisfied)
					? unsatisfied.getInjectionPoint() : null;
			Qualifier qualifier = (point != null) ? point.getAnnotation(Qualifier.class) : null;
			asked = (qualifier != null) ? qualifier.value() : asked;
		}
		return asked;
	}

}
