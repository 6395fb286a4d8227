package dev.offload.spring.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.task.AsyncTaskExecutor;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.TaskEvent;
import dev.offload.UnknownExecutorTypeException;
import dev.offload.local.InlineExecutorFactory;
import dev.offload.local.LocalExecutorFactories;
import dev.offload.registry.StandardExecutorRegistry;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spring.OffloadBeanPostProcessor;
import dev.offload.spring.actuate.ExecutorsEndpoint;
import dev.offload.spring.actuate.OffloadEndpointAutoConfiguration;
import dev.offload.spring.actuate.OffloadHealthContributorAutoConfiguration;
import dev.offload.spring.metrics.OffloadMetrics;
import dev.offload.spring.metrics.OffloadMetricsAutoConfiguration;
import dev.offload.spring.validation.OffloadDefinitionsCheck;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the auto-configurations make, and when they do not.
 */
@ExtendWith(OutputCaptureExtension.class)
class OffloadAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class,
				OffloadMetricsAutoConfiguration.class, OffloadEndpointAutoConfiguration.class,
				OffloadHealthContributorAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

	/**
	 * Imported by their names, as a real application does: a class that is read is not
	 * loaded.
	 */
	private final ApplicationContextRunner byName = new ApplicationContextRunner().withUserConfiguration(ByName.class);

	private static final String[] TWO = { "offload.executors.pdf.type=thread", "offload.executors.pdf.max-workers=2",
			"offload.executors.image.type=inline" };

	@Test
	void executorsWhenNoneIsConfiguredIsTheDefaultOne() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ExecutorRegistry.class).hasSingleBean(OffloadExecutor.class);
			assertThat(context.getBean(ExecutorRegistry.class).require("default").spec().type()).isEqualTo("process");
			assertThat(context).hasBean("defaultOffloadExecutor");
		});
	}

	@Test
	void executorsWhenConfiguredAreBeansOfTheRegistry() {
		this.runner.withPropertyValues(TWO).run((context) -> {
			ExecutorRegistry registry = context.getBean(ExecutorRegistry.class);
			assertThat(registry.executors()).containsOnlyKeys("pdf", "image");
			assertThat(context.getBeansOfType(OffloadExecutor.class)).containsOnlyKeys("pdfOffloadExecutor",
					"imageOffloadExecutor");
			assertThat(context.getBean("pdfOffloadExecutor")).isSameAs(registry.require("pdf"));
		});
	}

	@Test
	void executorsAreInjectedByTheirNameAsQualifier() {
		this.runner.withPropertyValues(TWO).withUserConfiguration(Injected.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.pdf.name()).isEqualTo("pdf");
			assertThat(injected.image.name()).isEqualTo("image");
		});
	}

	@Test
	void executorsWhenAllBeansAreLazyExistFromTheStart() {
		this.runner.withPropertyValues(TWO)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(
					context.getSourceApplicationContext().getBeanFactory().containsSingleton("pdfOffloadExecutor"))
				.isTrue());
	}

	@Test
	void executorsStartNoProcess() {
		long before = ProcessHandle.current().children().count();
		this.runner.run((context) -> assertThat(ProcessHandle.current().children()).hasSize((int) before));
	}

	@Test
	void executorsLeaveTheTaskExecutorOfBootAlone() {
		this.runner.withPropertyValues(TWO).run((context) -> {
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(context).hasSingleBean(AsyncTaskExecutor.class);
		});
	}

	@Test
	void executorsWhenDisabledAreNotMade() {
		this.runner.withPropertyValues(TWO).withPropertyValues("offload.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(ExecutorRegistry.class)
				.doesNotHaveBean(OffloadExecutor.class)
				.doesNotHaveBean(OffloadBeanPostProcessor.class)
				.doesNotHaveBean(OffloadMetrics.class)
				.doesNotHaveBean(ExecutorsEndpoint.class);
			assertThat(context).hasNotFailed();
		});
	}

	@Test
	void executorBeanOfTheApplicationGoesBefore() {
		this.runner.withPropertyValues(TWO)
			.withUserConfiguration(OwnExecutor.class)
			.run((context) -> assertThat(context.getBean("pdfOffloadExecutor", OffloadExecutor.class).name())
				.isEqualTo("own"));
	}

	@Test
	void registryOfTheApplicationGoesBeforeAndGetsTheExecutors() {
		this.runner.withPropertyValues(TWO).withUserConfiguration(OwnRegistry.class).run((context) -> {
			assertThat(context).hasSingleBean(ExecutorRegistry.class).hasBean("ownRegistry");
			assertThat(context.getBean(ExecutorRegistry.class).executors()).containsOnlyKeys("pdf", "image");
		});
	}

	@Test
	void factoryOfTheApplicationMakesItsType() {
		this.runner.withPropertyValues("offload.executors.far.type=moon")
			.withUserConfiguration(MoonFactory.class)
			.run((context) -> assertThat(context.getBean("farOffloadExecutor", OffloadExecutor.class).spec().type())
				.isEqualTo("moon"));
	}

	@Test
	void typeWhenThereIsNoFactoryStopsTheStart() {
		this.runner.withPropertyValues("offload.executors.far.type=moon")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnknownExecutorTypeException.class)
				.hasMessageContainingAll("far", "moon", "process"));
	}

	@Test
	void listenersOfTheApplicationHearOfTasksAlsoWhenOneFails() {
		this.runner.withPropertyValues(TWO).withUserConfiguration(Listeners.class).run((context) -> {
			context.getBean(ExecutorRegistry.class).require("image").call(() -> "done");
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(Listeners.class).heard).contains("image"));
		});
	}

	@Test
	void bypassMakesAllExecutorsInline() {
		this.runner.withPropertyValues(TWO)
			.withPropertyValues("offload.bypass=true", "offload.executors.far.worker.heap=64MB")
			.run((context) -> {
				Map<String, OffloadExecutor> executors = context.getBean(ExecutorRegistry.class).executors();
				assertThat(executors.values()).allMatch((executor) -> executor.spec().type().equals("inline"));
				assertThat(executors.get("far").spec().codecRoundTrip()).isTrue();
				assertThat(executors.get("pdf").spec().codecRoundTrip()).isFalse();
			});
	}

	@Test
	void serviceHasMetersEndpointHealthAndChecks() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=executors")
			.run((context) -> assertThat(context).hasSingleBean(OffloadMetrics.class)
				.hasSingleBean(ExecutorsEndpoint.class)
				.hasBean("offloadHealthContributor")
				.hasSingleBean(OffloadDefinitionsCheck.class)
				.hasSingleBean(ExecutorLifecycle.class));
	}

	@Test
	void endpointWhenNotExposedIsNotMade() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ExecutorsEndpoint.class));
	}

	@Test
	void healthWhenDisabledIsNotMade() {
		this.runner.withPropertyValues("management.health.offload.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("offloadHealthContributor"));
	}

	@Test
	void applicationWithoutActuatorStarts() {
		this.byName.withPropertyValues("management.endpoints.web.exposure.include=executors")
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
			.run(works((context) -> assertThat(context).doesNotHaveBean("executorsEndpoint")
				.doesNotHaveBean("offloadHealthContributor")
				.hasBean("offloadMetrics")));
	}

	@Test
	void applicationWithoutEndpointClassesStarts() {
		this.byName.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run(works((context) -> assertThat(context).doesNotHaveBean("executorsEndpoint")));
	}

	@Test
	void applicationWithoutHealthStarts() {
		this.byName.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.run(works((context) -> assertThat(context).doesNotHaveBean("offloadHealthContributor")));
	}

	@Test
	void applicationWithoutMicrometerStarts() {
		this.byName.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run(works((context) -> assertThat(context).doesNotHaveBean("offloadMetrics")));
	}

	@Test
	void applicationWithoutMeterRegistryStarts() {
		this.byName.run(works((context) -> assertThat(context).doesNotHaveBean(MeterRegistry.class)));
	}

	@Test
	void applicationWithoutTransactionsStarts() {
		this.byName
			.withClassLoader(new FilteredClassLoader("org.springframework.transaction", "org.springframework.dao"))
			.run(works((context) -> assertThat(context).hasSingleBean(OffloadBeanPostProcessor.class)));
	}

	@Test
	void applicationWithoutAnythingThatNeedNotBeThereStarts() {
		this.byName
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate",
					"org.springframework.boot.health", "io.micrometer", "org.springframework.transaction",
					"org.springframework.dao", "org.springframework.web", "jakarta", "org.springframework.boot.web",
					"org.hibernate.validator", "org.springframework.boot.validation", "ch.qos.logback",
					"org.springframework.cloud", "tools.jackson", "com.fasterxml.jackson"))
			.withPropertyValues(TWO)
			.run(works((context) -> {
				assertThat(context).hasSingleBean(OffloadBeanPostProcessor.class);
				assertThat(context.getBean("pdfOffloadExecutor", OffloadExecutor.class).call(() -> 1)).isEqualTo(1);
			}));
	}

	@ParameterizedTest
	@CsvSource({ "1, inline", "0, thread", "TRUE, inline", "off, thread" })
	void bypassIsTakenFromTheEnvironmentHoweverItIsWritten(String value, String type) {
		this.runner.withPropertyValues(TWO)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("OFFLOAD_BYPASS", value))))
			.run((context) -> assertThat(context.getBean(ExecutorRegistry.class).require("pdf").spec().type())
				.isEqualTo(type));
	}

	@Test
	void startIsLoggedWithALineForEachExecutor(CapturedOutput output) {
		this.runner
			.withPropertyValues("offload.executors.pdf.max-workers=3", "offload.executors.pdf.min-workers=1",
					"offload.executors.pdf.timeout=30s", "offload.executors.pdf.start=eager",
					"offload.executors.pdf.worker.heap=100MB", "offload.executors.pdf.worker.context=none",
					"offload.executors.pdf.worker.environment.PASSWORD=secret", "offload.executors.io.type=thread",
					"offload.executors.io.max-workers=4", "offload.executors.io.overload=caller-runs",
					"offload.executors.io.queue-timeout=1500ms")
			.run((context) -> assertThat(output)
				.contains("Executor 'pdf': type process, max-workers 3, min-workers 1, max-pending 100, timeout 30s, "
						+ "start eager, memory of its workers up to 495 MB")
				.contains("Executor 'io': type thread, max-workers 4, max-pending 100, overload caller-runs, "
						+ "queue-timeout 1500ms, timeout none")
				.doesNotContain("secret"));
	}

	@Test
	void workerHasInlineExecutorsAndNothingThatWatchesOrCloses() {
		this.runner.withPropertyValues(TWO)
			.withPropertyValues("management.endpoints.web.exposure.include=executors",
					"offload.executors.far.start=eager", "offload.unknown=admitted")
			.withSystemProperties("offload.worker.socket=/tmp/none")
			.run((context) -> {
				Map<String, OffloadExecutor> executors = context.getBean(ExecutorRegistry.class).executors();
				assertThat(executors.values()).extracting(OffloadExecutor::spec)
					.allMatch((spec) -> spec.type().equals(ExecutorSpec.INLINE) && !spec.codecRoundTrip());
				assertThat(context.getBean("farOffloadExecutor", OffloadExecutor.class).call(Thread::currentThread))
					.isSameAs(Thread.currentThread());
				assertThat(context).doesNotHaveBean(OffloadMetrics.class)
					.doesNotHaveBean(ExecutorsEndpoint.class)
					.doesNotHaveBean("offloadHealthContributor")
					.doesNotHaveBean(OffloadDefinitionsCheck.class)
					.doesNotHaveBean(ExecutorLifecycle.class);
			});
	}

	private static ContextConsumer<AssertableApplicationContext> works(
			ContextConsumer<AssertableApplicationContext> more) {
		return (context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(ExecutorRegistry.class);
			more.accept(context);
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class,
			OffloadMetricsAutoConfiguration.class, OffloadEndpointAutoConfiguration.class,
			OffloadHealthContributorAutoConfiguration.class, OffloadRefreshAutoConfiguration.class })
	static class ByName {

	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Autowired
		@Qualifier("pdf")
		OffloadExecutor pdf;

		@Autowired
		@Qualifier("image")
		OffloadExecutor image;

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean
		OffloadExecutor pdfOffloadExecutor() {
			return new InlineExecutorFactory().create(ExecutorSpec.builder("own").type("inline").build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistry {

		@Bean
		ExecutorRegistry ownRegistry() {
			StandardExecutorRegistry.Builder builder = StandardExecutorRegistry.builder();
			LocalExecutorFactories.all(ExecutorListener.NONE).forEach(builder::factory);
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MoonFactory {

		@Bean
		ExecutorFactory moonFactory() {
			return new ExecutorFactory() {

				@Override
				public String type() {
					return "moon";
				}

				@Override
				public OffloadExecutor create(ExecutorSpec spec) {
					return new InlineExecutorFactory().create(spec);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<String> heard = new CopyOnWriteArrayList<>();

		@Bean
		ExecutorListener failing() {
			return new ExecutorListener() {

				@Override
				public void taskCompleted(TaskEvent event) {
					throw new IllegalStateException("no");
				}

			};
		}

		@Bean
		ExecutorListener hearing() {
			return new ExecutorListener() {

				@Override
				public void taskCompleted(TaskEvent event) {
					Listeners.this.heard.add(event.executor());
				}

			};
		}

	}

}
