package dev.offload.spring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.offload.spring.worker.WorkerContextAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnsentPropertiesCheck}.
 */
class UnsentPropertiesCheckTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkerContextAutoConfiguration.class, OffloadAutoConfiguration.class))
		.withPropertyValues("app.id=${random.uuid}");

	@Test
	void applicationStartsWhereAWarningIsEnough() {
		this.application.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void applicationDoesNotStartWhereWorkersMustLackNothing() {
		this.application
			.withPropertyValues("offload.executors.pdf.worker.unsent-properties=fail",
					"offload.executors.image.worker.context=none")
			.run((context) -> assertThat(context.getStartupFailure())
				.isInstanceOf(InvalidOffloadSettingsException.class)
				.hasMessageContaining("offload.executors.pdf.worker.unsent-properties")
				.hasMessageContaining("[app.id]")
				.hasMessageContaining("worker.properties"));
	}

}
