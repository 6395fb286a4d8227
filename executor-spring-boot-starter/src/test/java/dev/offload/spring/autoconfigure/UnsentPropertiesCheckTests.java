package dev.offload.spring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.offload.spring.worker.WorkerContextAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnsentPropertiesCheck}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnsentPropertiesCheckTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WorkerContextAutoConfiguration.class, OffloadAutoConfiguration.class))
		.withPropertyValues("app.id=${random.uuid}");

	@Test
	void applicationStartsWhereAWarningIsEnough(CapturedOutput output) {
		this.application
			.withPropertyValues("offload.executors.pdf.max-workers=1", "offload.executors.image.max-workers=1")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("Workers get other values than the service for [app.id]");
	}

	@Test
	void executorThatNobodyDeclaredWarnsOfNothing(CapturedOutput output) {
		this.application.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("Workers get other values");
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
