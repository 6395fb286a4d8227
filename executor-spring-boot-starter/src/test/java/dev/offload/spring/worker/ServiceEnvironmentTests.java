package dev.offload.spring.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The environment of a service as its workers are given it.
 */
class ServiceEnvironmentTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final ServiceEnvironment service = new ServiceEnvironment(this.environment);

	@Test
	void profilesWhenNoneIsActiveKeepTheDefaultOnes() {
		assertThat(this.service.profiles(List.of("pdf"))).containsExactly("default", "pdf", OffloadWorker.PROFILE);
	}

	@Test
	void profilesWhenSomeAreActiveKeepTheirOrder() {
		this.environment.setActiveProfiles("prod", "eu");
		assertThat(this.service.profiles(List.of("eu", "pdf"))).containsExactly("prod", "eu", "pdf",
				OffloadWorker.PROFILE);
	}

	@Test
	void valuesAreWrittenAsText() {
		add("any", Map.of("number", 7, "list", List.of("a", "b"), "time", Duration.ofSeconds(5), "text", "${number}"));
		assertThat(values("any")).containsEntry("number", "7")
			.containsEntry("list", "a,b")
			.containsEntry("time", "PT5S")
			.containsEntry("text", "${number}");
	}

	@Test
	void filesAreReadByTheWorkerItself() {
		add("Config resource 'file [config/application.yml]' via location 'optional:file:./config/'", Map.of("a", "b"));
		assertThat(this.service.sources(true)).last()
			.satisfies((source) -> assertThat(source.kind()).isEqualTo(ServiceSource.Kind.RECOMPUTED));
	}

	@Test
	void filesTravelWhenTheWorkerRunsInAnotherDirectory() {
		add("Config resource 'file [config/application.yml]' via location 'optional:file:./config/'", Map.of("a", "b"));
		assertThat(this.service.sources(false)).last()
			.satisfies((source) -> assertThat(source.values()).containsEntry("a", "b"));
	}

	@Test
	void sourceShowsNoValues() {
		add("any", Map.of("password", "hunter2"));
		assertThat(this.service.sources(true).toString()).contains("'any' with 1 properties").doesNotContain("hunter2");
	}

	private void add(String name, Map<String, Object> values) {
		this.environment.getPropertySources().addLast(new MapPropertySource(name, values));
	}

	private Map<String, String> values(String name) {
		return this.service.sources(true)
			.stream()
			.filter((source) -> source.name().equals(name))
			.findFirst()
			.orElseThrow()
			.values();
	}

}
