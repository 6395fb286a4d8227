package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The property sources of a service among those of its worker.
 */
class WorkerPropertySourcesTests {

	private static final String FILE = "Config resource 'class path resource [application.yml]'";

	private static final String WORKER_FILE = "Config resource 'class path resource [application-offload-worker.yml]'";

	private final StandardEnvironment service = new StandardEnvironment();

	private final StandardEnvironment worker = new StandardEnvironment();

	@Test
	void sourceAboveTheFilesIsThereBeforeTheyAreRead() {
		this.service.getPropertySources().addFirst(source("test", "spring.config.name", "other"));
		this.service.getPropertySources().addLast(source(FILE, "a", "b"));
		sources().beforeConfigurationFiles(this.worker);
		assertThat(this.worker.getProperty("spring.config.name")).isEqualTo("other");
	}

	@Test
	void sourceBelowTheFilesIsNotThereBeforeTheyAreRead() {
		this.service.getPropertySources().addLast(source(FILE, "a", "b"));
		this.service.getPropertySources().addLast(source("below", "spring.config.name", "other"));
		sources().beforeConfigurationFiles(this.worker);
		assertThat(this.worker.getProperty("spring.config.name")).isNull();
	}

	@Test
	void defaultPropertiesAreThereBeforeTheFilesAreRead() {
		this.service.getPropertySources().addLast(source(FILE, "a", "b"));
		this.service.getPropertySources().addLast(source("defaultProperties", "spring.config.name", "other"));
		sources().beforeConfigurationFiles(this.worker);
		assertThat(this.worker.getProperty("spring.config.name")).isEqualTo("other");
	}

	@Test
	void sourcesKeepTheirPlaces() {
		MutablePropertySources sources = this.service.getPropertySources();
		sources.addFirst(source("second", "a", "2"));
		sources.addFirst(source("first", "a", "1"));
		sources.addAfter("systemEnvironment", source("between", "a", "3"));
		sources.addLast(source(FILE, "a", "4"));
		sources.addLast(source("below", "a", "5"));
		assertThat(namesInTheWorker()).containsExactly("offloadWorkerProperties", "offloadWorkerExclusions", "first",
				"second", "systemProperties", ServiceEnvironment.SYSTEM_PROPERTIES, "systemEnvironment", "between",
				WORKER_FILE, FILE, "below");
	}

	@Test
	void sourceOfTheServiceReplacesTheOneThatTheWorkerMade() {
		this.service.getPropertySources().addFirst(source("computed", "port", "1"));
		MutablePropertySources own = this.worker.getPropertySources();
		WorkerPropertySources sources = sources();
		sources.beforeConfigurationFiles(this.worker);
		own.addFirst(source("computed", "port", "2"));
		sources.afterConfigurationFiles(this.worker);
		assertThat(this.worker.getProperty("port")).isEqualTo("1");
	}

	@Test
	void variableOfTheServiceIsFoundByItsRelaxedName() {
		this.service.getPropertySources()
			.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("SPRING_DATASOURCE_URL", "jdbc:of:the:service")));
		sources().beforeConfigurationFiles(this.worker);
		assertThat(Binder.get(this.worker).bind("spring.datasource.url", String.class).get())
			.isEqualTo("jdbc:of:the:service");
	}

	// A worker's own spans are part of the traces of the service.
	@Test
	void exporterOfTracesThatIsSwitchedOnStaysSo() {
		this.service.getPropertySources().addFirst(source("test", "management.tracing.export.otlp.enabled", "true"));
		namesInTheWorker();
		assertThat(this.worker.getProperty("management.tracing.export.otlp.enabled")).isEqualTo("true");
	}

	@Test
	void exporterThatIsSwitchedOnByItselfIsSwitchedOff() {
		this.service.getPropertySources().addFirst(source("test", "management.otlp.metrics.export.enabled", "true"));
		namesInTheWorker();
		assertThat(this.worker.getProperty("management.otlp.metrics.export.enabled")).isEqualTo("false");
	}

	@Test
	void workersOwnPropertiesAreStrongerThanExclusions() {
		WorkerPropertySources sources = new WorkerPropertySources(List.of(), Map.of("spring.jmx.enabled", "true"),
				Exclusion.allProperties());
		sources.beforeConfigurationFiles(this.worker);
		assertThat(this.worker.getProperty("spring.jmx.enabled")).isEqualTo("true");
	}

	private List<String> namesInTheWorker() {
		WorkerPropertySources sources = sources();
		sources.beforeConfigurationFiles(this.worker);
		this.worker.getPropertySources().addLast(source(WORKER_FILE, "a", "w"));
		this.worker.getPropertySources().addLast(source(FILE, "a", "4"));
		sources.afterConfigurationFiles(this.worker);
		List<String> names = new ArrayList<>();
		this.worker.getPropertySources().forEach((source) -> names.add(source.getName()));
		return names;
	}

	private WorkerPropertySources sources() {
		return new WorkerPropertySources(new ServiceEnvironment(this.service).sources(true), Map.of(),
				Exclusion.allProperties());
	}

	private static MapPropertySource source(String name, String property, String value) {
		return new MapPropertySource(name, Map.of(property, value));
	}

}
