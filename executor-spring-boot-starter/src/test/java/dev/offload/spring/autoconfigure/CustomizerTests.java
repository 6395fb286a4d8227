package dev.offload.spring.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerStartException;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.WorkerCommandCustomizer;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerLauncher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for beans that change executors and their workers.
 */
class CustomizerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class))
		.withPropertyValues("offload.executors.pdf.start-failures=1", "offload.executors.io.type=thread");

	@Test
	void customizersChangeEachExecutorInTheirOrderAndNoName() {
		this.runner.withUserConfiguration(Customizers.class).run((context) -> {
			ExecutorRegistry registry = context.getBean(ExecutorRegistry.class);
			assertThat(registry.executors()).containsOnlyKeys("pdf", "io");
			assertThat(context.getBean("pdfOffloadExecutor", OffloadExecutor.class).spec().maxPending()).isEqualTo(22);
			assertThat(registry.require("io").spec().maxPending()).isEqualTo(22);
			assertThat(registry.require("io").spec().timeout()).isEqualTo(Duration.ofSeconds(9));
		});
	}

	@Test
	void customizerThatSetsAWrongValueStopsTheStartAndIsNamed() {
		ExecutorSpecCustomizer wrong = (executor, builder) -> builder.maxWorkers(0);
		this.runner.withBean(ExecutorSpecCustomizer.class, () -> wrong)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidOffloadSettingsException.class,
						(failure) -> assertThat(failure.problems()).hasSize(2)
							.contains("offload.executors.pdf: the bean " + wrong
								.getClass()
								.getName()
									+ " customizes it wrongly: Executor 'pdf': max-workers must be at least 1, but is 0")));
	}

	@Test
	void customizerThatChangesATypeStopsTheStart() {
		this.runner.withBean(ExecutorSpecCustomizer.class, () -> (executor, builder) -> {
			if (executor.equals("io")) {
				builder.type(ExecutorSpec.INLINE);
			}
		})
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("type must stay thread, but is inline; set it in the configuration"));
	}

	@Test
	void customizerThatChangesWhetherTasksAreEncodedStopsTheStart() {
		this.runner
			.withBean(ExecutorSpecCustomizer.class,
					() -> (executor, builder) -> builder.codecRoundTrip(!builder.build().codecRoundTrip()))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("codec-round-trip must stay"));
	}

	@Test
	void allThatACustomizerSetsWronglyIsTold() {
		this.runner
			.withBean(ExecutorSpecCustomizer.class, () -> (executor, builder) -> builder.maxWorkers(0).maxPending(0))
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("Executor 'pdf': max-workers must be")
				.hasMessageContaining("Executor 'pdf': max-pending must be"));
	}

	@Test
	void commandAndOutputOfWorkersAreChangedInTheOrderOfTheBeans() {
		List<WorkerLaunch> launches = new CopyOnWriteArrayList<>();
		this.runner.withUserConfiguration(WorkerBeans.class).withBean(WorkerLauncher.class, () -> (launch) -> {
			launches.add(launch);
			throw new IOException("This launcher starts nothing");
		}).run((context) -> {
			OffloadExecutor executor = context.getBean(ExecutorRegistry.class).require("pdf");
			assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1));
			WorkerLaunch launch = launches.get(0);
			assertThat(launch.worker().jvmArgs()).containsExactly("-Done", "-Dtwo");
			assertThat(launch.redactor().redact("a")).isEqualTo("abc");
			assertThat(executor.spec().worker().jvmArgs()).isEmpty();
		});
	}

	@Test
	void commandThatMustStayFailsTheStartOfAWorkerAndNamesTheBean() {
		WorkerCommandCustomizer wrong = (launch, options) -> options.jvmArgs().add("-XX:-ExitOnOutOfMemoryError");
		this.runner.withBean(WorkerCommandCustomizer.class, () -> wrong).run((context) -> {
			OffloadExecutor executor = context.getBean(ExecutorRegistry.class).require("pdf");
			assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1))
				.withMessageContaining("its customizer " + wrong.getClass().getName());
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		ExecutorSpecCustomizer second() {
			return (executor, builder) -> builder.maxPending(builder.build().maxPending() * 2);
		}

		@Bean
		@Order(1)
		ExecutorSpecCustomizer first() {
			return (executor, builder) -> builder.maxPending(11).timeout(Duration.ofSeconds(9));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WorkerBeans {

		@Bean
		@Order(2)
		WorkerCommandCustomizer second() {
			return (launch, options) -> options.jvmArgs().add("-Dtwo");
		}

		@Bean
		@Order(1)
		WorkerCommandCustomizer first() {
			return (launch, options) -> options.jvmArgs().add("-Done");
		}

		@Bean
		@Order(2)
		OutputRedactor last() {
			return (line) -> line + "c";
		}

		@Bean
		@Order(1)
		OutputRedactor before() {
			return (line) -> line + "b";
		}

	}

}
