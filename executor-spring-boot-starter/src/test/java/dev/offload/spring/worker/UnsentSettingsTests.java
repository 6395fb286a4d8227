package dev.offload.spring.worker;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

import dev.offload.ExecutorSpec;
import dev.offload.UnsentProperties;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What workers lack of the service's settings is found.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnsentSettingsTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	void findWhenThereIsNothingUnusualIsEmpty() {
		assertThat(find(Beans.class)).isEmpty();
	}

	@Test
	void findWhenASourceDoesNotTellItsNamesNamesIt() {
		this.environment.getPropertySources().addLast(new Vault());
		assertThat(find(Beans.class)).containsOnlyKeys("vault")
			.containsValue("Workers do not get the property source 'vault': a " + Vault.class.getName()
					+ " does not tell its names");
	}

	@Test
	void findWhenSpringCloudHasItsRandomValuesDoesNotNameTheirSource() {
		this.environment.getPropertySources().addLast(new PropertySource<>("cachedrandom", new Object()) {

			@Override
			public @Nullable Object getProperty(String name) {
				return null;
			}

		});
		assertThat(find(Beans.class)).isEmpty();
	}

	@Test
	void findWhenValuesAreMadeByChanceNamesTheirProperties() {
		add(Map.of("app.id", "app-${random.uuid}", "app.name", "app", "server.port", "${random.int}", "own",
				"${random.value}", "app.kept", "${cachedrandom.app.uuid}"));
		assertThat(find(Beans.class)).containsOnlyKeys("[app.id, app.kept] of any")
			.containsValue(
					"Workers get other values than the service for [app.id, app.kept] of the property source 'any': "
							+ "they are made by chance");
	}

	@Test
	void findWhenConnectionDetailsAreRegisteredByCodeNamesThem() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Beans.class);
			RootBeanDefinition container = new RootBeanDefinition(ContainerDetails.class);
			container.setInstanceSupplier(ContainerDetails::new);
			context.registerBeanDefinition("container", container);
			context.getBeanFactory().registerSingleton("mock", new ContainerDetails());
			context.refresh();
			assertThat(new UnsentSettings(this.environment, context.getBeanFactory()).find(Set.of()))
				.containsOnlyKeys("container", "mock")
				.containsEntry("container",
						"Workers do not get the connection details 'container' (" + ContainerDetails.class.getName()
								+ "), which do not come from properties, and connect to what the properties say");
		}
	}

	@Test
	void checkWarnsOnceOfEach(CapturedOutput output) {
		this.environment.getPropertySources().addLast(new Vault());
		try (AnnotationConfigApplicationContext context = context()) {
			ApplicationSetupProvider provider = new ApplicationSetupProvider(context);
			assertThat(provider.checkProperties(spec(UnsentProperties.WARN))).isNull();
			assertThat(provider.checkProperties(spec(UnsentProperties.WARN))).isNull();
		}
		assertThat(output.getOut()).containsOnlyOnce("Workers do not get the property source 'vault'")
			.contains("under worker.properties of the executor");
	}

	@Test
	void checkWhenItMustNotBeTellsAllOfIt() {
		this.environment.getPropertySources().addLast(new Vault());
		add(Map.of("app.id", "${random.uuid}"));
		try (AnnotationConfigApplicationContext context = context()) {
			assertThat(new ApplicationSetupProvider(context).checkProperties(spec(UnsentProperties.FAIL)))
				.contains("property source 'vault'", "[app.id]", "worker.properties");
		}
	}

	private AnnotationConfigApplicationContext context() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.setEnvironment(this.environment);
		context.register(Beans.class);
		context.refresh();
		return context;
	}

	private static ExecutorSpec spec(UnsentProperties reaction) {
		WorkerSpec worker = WorkerSpec.builder().context(WorkerContext.APPLICATION).unsentProperties(reaction).build();
		return ExecutorSpec.builder("pdf").worker(worker).build();
	}

	private Map<String, String> find(Class<?> configuration) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
			return new UnsentSettings(this.environment, context.getBeanFactory()).find(Set.of("own"));
		}
	}

	private void add(Map<String, Object> values) {
		this.environment.getPropertySources().addLast(new MapPropertySource("any", values));
	}

	/**
	 * Details that a worker makes as the service does.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		PropertiesDetails propertiesDetails() {
			return new PropertiesDetails();
		}

	}

	/**
	 * From properties.
	 */
	static class PropertiesDetails implements ConnectionDetails {

	}

	/**
	 * From a container.
	 */
	static class ContainerDetails implements ConnectionDetails {

	}

	/**
	 * Answers, and does not tell what it could be asked.
	 */
	static class Vault extends PropertySource<Object> {

		Vault() {
			super("vault", new Object());
		}

		@Override
		public Object getProperty(String name) {
			return "secret";
		}

	}

}
