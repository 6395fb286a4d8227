package dev.offload.spring.worker;

import java.util.List;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;
import dev.offload.spi.PlainTargetResolver;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerSetup;
import dev.offload.spi.WorkerSetupProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What workers are given, and what a worker says of it.
 */
class ApplicationSetupProviderTests {

	@Test
	void setupWithoutBeansHoldsNoProperties() {
		try (ConfigurableApplicationContext service = start("--secret=hunter2")) {
			WorkerSetup setup = setup(service, WorkerSpec.builder());
			assertThat(setup.resolver()).isEqualTo(PlainTargetResolver.class.getName());
			assertThat(setup.settings()).isEmpty();
			assertThat(setup.applicationPackages()).containsExactly("dev.offload.spring.worker");
		}
	}

	@Test
	void setupWithBeansHoldsWhatTheApplicationWasStartedWith() {
		try (ConfigurableApplicationContext service = start("--secret=hunter2")) {
			WorkerSettings settings = WorkerSettings.fromMap(setup(service, application()).settings());
			assertThat(settings.application().classes()).containsExactly(Application.class.getName());
			assertThat(settings.application().arguments()).containsExactly("--secret=hunter2");
			assertThat(settings.toString()).doesNotContain("hunter2");
			assertThat(setup(service, application()).toString()).doesNotContain("hunter2");
		}
	}

	@Test
	void setupOfSourcesHoldsTheseInstead() {
		try (ConfigurableApplicationContext service = start()) {
			WorkerSpec.Builder sources = WorkerSpec.builder()
				.context(WorkerContext.SOURCES)
				.sources(List.of("com.acme.PdfConfiguration"));
			WorkerSetup setup = setup(service, sources);
			assertThat(WorkerSettings.fromMap(setup.settings()).application().classes())
				.containsExactly("com.acme.PdfConfiguration");
			assertThat(setup.applicationPackages()).contains("com.acme", "dev.offload.spring.worker");
		}
	}

	@Test
	void setupSurvivesTheWay() {
		try (ConfigurableApplicationContext service = start("--a=b", "c")) {
			WorkerSettings settings = WorkerSettings
				.fromMap(setup(service, application().warmUp(List.of("pdf"))).settings());
			assertThat(WorkerSettings.fromMap(settings.toMap())).isEqualTo(settings);
		}
	}

	@Test
	void setupIsGivenWhileTheApplicationEnds() {
		ConfigurableApplicationContext service = start();
		WorkerSetupProvider provider = service.getBean(WorkerSetupProvider.class);
		service.close();
		ExecutorSpec spec = ExecutorSpec.builder("pdf").worker(application().build()).build();
		assertThat(provider.setupFor(spec).applicationPackages()).containsExactly("dev.offload.spring.worker");
	}

	@Test
	void workerWhenABeanToWarmUpIsUnknownNamesTheSetting() {
		try (ConfigurableApplicationContext service = start()) {
			assertThatStartOf(service, application().warmUp(List.of("noSuchBean"))).hasMessageStartingWith(
					"There is no bean 'noSuchBean' in worker 1 of executor 'pdf', though worker.warm-up names it");
		}
	}

	@Test
	void workerWhenASourceIsUnknownNamesIt() {
		try (ConfigurableApplicationContext service = start()) {
			WorkerSpec.Builder sources = WorkerSpec.builder()
				.context(WorkerContext.SOURCES)
				.sources(List.of("com.acme.PdfConfiguration"));
			assertThatStartOf(service, sources).hasMessageStartingWith(
					"java.lang.ClassNotFoundException: com.acme.PdfConfiguration: the application's "
							+ "context did not start in worker 1 of executor 'pdf'");
		}
	}

	@Test
	void workerWhenTheServiceIsNoSpringApplicationSaysSo() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(WorkerContextAutoConfiguration.class))
			.run((context) -> assertThatStartOf(context.getSourceApplicationContext(), application())
				.hasMessageContaining("Executor 'pdf' has worker.context APPLICATION")
				.hasMessageContaining("was not started by SpringApplication")
				.hasMessageContaining("set worker.context to none"));
	}

	@Test
	void providerOfTheApplicationWins() {
		new ApplicationContextRunner().withUserConfiguration(OwnProvider.class)
			.withConfiguration(AutoConfigurations.of(WorkerContextAutoConfiguration.class))
			.run((context) -> assertThat(context).hasSingleBean(WorkerSetupProvider.class).hasBean("ownProvider"));
	}

	private static AbstractThrowableAssert<?, ?> assertThatStartOf(ApplicationContext service,
			WorkerSpec.Builder worker) {
		WorkerEnvironment environment = new WorkerEnvironment("pdf", 1, List.of(), setup(service, worker).settings());
		return assertThatThrownBy(() -> {
			try (SpringTargetResolver resolver = new SpringTargetResolver()) {
				resolver.start(environment);
			}
		}).isInstanceOf(OffloadException.class);
	}

	private static WorkerSpec.Builder application() {
		return WorkerSpec.builder().context(WorkerContext.APPLICATION);
	}

	private static WorkerSetup setup(ApplicationContext service, WorkerSpec.Builder worker) {
		ExecutorSpec spec = ExecutorSpec.builder("pdf").worker(worker.build()).build();
		return service.getBean(WorkerSetupProvider.class).setupFor(spec);
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		return application.run(arguments);
	}

	/**
	 * An application with nothing in it.
	 */
	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	@ImportAutoConfiguration(WorkerContextAutoConfiguration.class)
	static class Application {

	}

	/**
	 * An application that says itself what its workers are given.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OwnProvider {

		@Bean
		WorkerSetupProvider ownProvider() {
			return (spec) -> WorkerSetup.plain(List.of());
		}

	}

}
