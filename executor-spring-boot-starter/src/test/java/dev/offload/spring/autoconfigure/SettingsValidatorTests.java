package dev.offload.spring.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the checks of settings beside those of an application, with Bean Validation
 * and without.
 */
class SettingsValidatorTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void wrongValuesAreAllToldTheSameWithAndWithoutAProvider(boolean provider) {
		with(provider)
			.withPropertyValues("offload.executors.io.type=thread", "offload.executors.io.max-workers=0",
					"offload.executors.io.timeout=-1s")
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOfSatisfying(
					InvalidOffloadSettingsException.class, (failure) -> assertThat(failure.problems()).hasSize(2)
						.allMatch((problem) -> problem.startsWith("offload.executors.io."))));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void validatorOfTheApplicationChecksThemToo(boolean provider) {
		ApplicationContextRunner checked = with(provider).withUserConfiguration(House.class)
			.withPropertyValues("offload.executors.io.type=thread");
		checked.withPropertyValues("offload.executors.io.timeout=5s")
			.run((context) -> assertThat(context).hasNotFailed());
		checked.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("offload")
			.hasMessageContaining("executors[io].timeout")
			.hasMessageContaining("each executor has a timeout here"));
	}

	@Test
	void recordsHaveNoConstraintsOfTheirOwn() {
		assertThat(ExecutorProperties.class.getRecordComponents())
			.flatExtracting((component) -> List.of(component.getAnnotations()))
			.noneMatch((annotation) -> annotation.annotationType().getName().startsWith("jakarta."));
	}

	private ApplicationContextRunner with(boolean provider) {
		return provider ? this.runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
				: this.runner.withClassLoader(new FilteredClassLoader("jakarta.validation", "org.hibernate.validator"));
	}

	@Configuration(proxyBeanMethods = false)
	static class House {

		@Bean
		static Validator configurationPropertiesValidator() {
			return new Validator() {

				@Override
				public boolean supports(Class<?> type) {
					return type == OffloadProperties.class;
				}

				@Override
				public void validate(Object target, Errors errors) {
					((OffloadProperties) target).executorsOrDefault().forEach((name, executor) -> {
						if (executor.timeout() == null) {
							errors.rejectValue("executors[" + name + "].timeout", "missing",
									"each executor has a timeout here");
						}
					});
				}

			};
		}

	}

}
