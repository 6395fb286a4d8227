package dev.offload.spring.autoconfigure;

import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.offload.ExecutorSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what editors know of the settings.
 */
class ConfigurationMetadataTests {

	private static final String DEFAULTS = "offload.defaults.";

	private static JsonNode metadata;

	@BeforeAll
	static void readMetadata() throws Exception {
		try (InputStream in = ExecutorProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			metadata = JsonMapper.shared().readTree(in);
		}
	}

	@Test
	void everySettingOfAnExecutorIsDescribed() {
		Map<String, JsonNode> described = properties();
		for (String setting : ExecutorSpec.builder("any").build().settings().keySet()) {
			assertThat(described).containsKey(DEFAULTS + setting);
			assertThat(described.get(DEFAULTS + setting).get("description").asString()).endsWith(".");
			assertThat(described.get(DEFAULTS + setting).has("type")).isTrue();
		}
	}

	@Test
	void defaultsAreThoseThatAreUsed() {
		Map<String, Object> documented = new TreeMap<>();
		properties().forEach((name, property) -> {
			if (name.startsWith(DEFAULTS) && property.has("defaultValue")) {
				documented.put(name, property.get("defaultValue").asString());
			}
		});
		assertThat(documented).hasSizeGreaterThan(15);
		assertThat(spec(documented)).isEqualTo(spec(Map.of()));
	}

	@Test
	void typesAreHinted() {
		assertThat(metadata.get("hints")).anySatisfy((hint) -> {
			assertThat(hint.get("name").asString()).isEqualTo(DEFAULTS + "type");
			assertThat(hint.get("values")).extracting((value) -> value.get("value").asString())
				.containsExactly("process", "thread", "virtual", "inline");
		});
	}

	private static ExecutorSpec spec(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return ExecutorSpecs.ofService(environment).made().get("default");
	}

	private static Map<String, JsonNode> properties() {
		Map<String, JsonNode> properties = new TreeMap<>();
		metadata.get("properties").forEach((property) -> properties.put(property.get("name").asString(), property));
		return properties;
	}

}
