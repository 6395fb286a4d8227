package dev.offload.spring.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConditionalOnService} and {@link ConditionalOnOffloadWorker}.
 */
class WorkerConditionsTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withUserConfiguration(Beans.class);

	@Test
	void serviceHasItsOwnBeansConfigurationsAndComponents() {
		this.application.run((context) -> assertThat(context.getBeanNamesForType(String.class))
			.containsExactlyInAnyOrder("both", "service", "ofServiceConfiguration"));
		this.application.run((context) -> assertThat(context).doesNotHaveBean(WorkerComponent.class));
	}

	@Test
	void workerHasItsOwnBeansConfigurationsAndComponents() {
		this.application.withSystemProperties("offload.worker.socket=/tmp/s")
			.run((context) -> assertThat(context.getBeanNamesForType(String.class)).containsExactlyInAnyOrder("both",
					"worker", "ofWorkerConfiguration"));
		this.application.withSystemProperties("offload.worker.socket=/tmp/s")
			.run((context) -> assertThat(context).hasSingleBean(WorkerComponent.class));
	}

	@Test
	void directoriesOfTheServiceAreNotLookedForInAWorker() {
		this.application.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class))
			.withPropertyValues("offload.executors.pdf.worker.heap-dumps=no/such/place")
			.withSystemProperties("offload.worker.socket=/tmp/s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/**
	 * Beans of each side.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import({ ServiceConfiguration.class, WorkerConfiguration.class, WorkerComponent.class })
	static class Beans {

		@Bean
		String both() {
			return "both";
		}

		@Bean
		@ConditionalOnService
		String service() {
			return "service";
		}

		@Bean
		@ConditionalOnOffloadWorker
		String worker() {
			return "worker";
		}

	}

	/**
	 * Of the service only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnService
	static class ServiceConfiguration {

		@Bean
		String ofServiceConfiguration() {
			return "service";
		}

	}

	/**
	 * Of workers only.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnOffloadWorker
	static class WorkerConfiguration {

		@Bean
		String ofWorkerConfiguration() {
			return "worker";
		}

	}

	/**
	 * Of workers only.
	 */
	@Component
	@ConditionalOnOffloadWorker
	static class WorkerComponent {

	}

}
