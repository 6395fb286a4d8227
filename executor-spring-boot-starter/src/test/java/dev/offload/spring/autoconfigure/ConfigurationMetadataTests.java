package dev.offload.spring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

	private static final Pattern ROW = Pattern
		.compile("^\\| `([a-z.-]+?)(?:\\.\\*)?` \\| ([^|]*) \\| ([^|]*) \\| [^|]+ \\|", Pattern.MULTILINE);

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
	void everythingIsDescribedWithItsType() {
		properties().forEach((name, property) -> {
			assertThat(property.path("description").asString()).as(name).endsWith(".");
			assertThat(property.path("type").asString()).as(name).isNotEmpty();
		});
	}

	@Test
	void settingsWithoutADefaultHaveNone() {
		Map<String, JsonNode> described = properties();
		ExecutorSpec.builder("any").build().settings().forEach((setting, value) -> {
			boolean none = value == null || value.equals(List.of()) || value.equals(Map.of());
			assertThat(described.get(DEFAULTS + setting).has("defaultValue")).as(setting)
				.isEqualTo(!none && !setting.equals("max-workers"));
		});
	}

	@ParameterizedTest
	@MethodSource("enums")
	void valuesOfEnumsAreHinted(String setting, Class<? extends Enum<?>> type) {
		JsonNode hint = hint(DEFAULTS + setting);
		assertThat(hint.get("values")).extracting((value) -> value.get("value").asString())
			.containsExactlyElementsOf(words(type))
			.hasSizeGreaterThan(1);
		assertThat(hint.get("values")).allMatch((value) -> value.get("description").asString().endsWith("."));
	}

	static Stream<Arguments> enums() {
		return properties().entrySet()
			.stream()
			.filter((property) -> property.getKey().startsWith(DEFAULTS) && isEnum(type(property.getValue())))
			.map((property) -> Arguments.of(property.getKey().substring(DEFAULTS.length()),
					enumOf(type(property.getValue()))));
	}

	@Test
	void namesOfExecutorsAreFree() {
		assertThat(hint("offload.executors.keys").get("providers"))
			.anyMatch((one) -> one.get("name").asString().equals("any"));
	}

	@Test
	void documentHasEverySettingAndNoOther() throws IOException {
		Set<String> described = new TreeSet<>();
		properties().keySet()
			.stream()
			.filter((name) -> name.startsWith(DEFAULTS))
			.forEach((name) -> described.add(name.substring(DEFAULTS.length())));
		assertThat(documented()).extracting(Documented::name)
			.doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(ExecutorSpec.builder("any").build().settings().keySet())
			.containsExactlyInAnyOrderElementsOf(described);
	}

	@Test
	void documentHasTheTypeOfEachSetting() throws IOException {
		Map<String, JsonNode> described = properties();
		documented().forEach((setting) -> assertThat(setting.type()).as(setting.name())
			.startsWith(word(type(described.get(DEFAULTS + setting.name())), setting.type())));
	}

	@Test
	void documentHasTheDefaultOfEachSetting() throws IOException {
		Map<String, JsonNode> described = properties();
		documented().forEach((setting) -> {
			JsonNode value = described.get(DEFAULTS + setting.name()).path("defaultValue");
			if (value.isMissingNode()) {
				assertThat(setting.defaultValue()).as(setting.name()).doesNotContainPattern("^`|^\\d|^true|^false");
			}
			else {
				String first = setting.defaultValue().replaceAll("[,;].*|`", "");
				assertThat(first).as(setting.name()).isEqualTo(value.asString().equals("0s") ? "0" : value.asString());
			}
		});
	}

	// The tables of settings: a name, a type, a default, a meaning.
	private static List<Documented> documented() throws IOException {
		return ROW.matcher(Files.readString(Path.of("..", "docs", "configuration.md")))
			.results()
			.map((row) -> new Documented(row.group(1), row.group(2), row.group(3)))
			.filter((setting) -> !setting.name().startsWith("offload.")
					&& !Set.of("worker", "retry").contains(setting.name()))
			.toList();
	}

	// The word of the document for a type; a text may be called after what it is.
	private static String word(String type, String documented) {
		if (isEnum(type)) {
			return "`" + String.join("`, `", words(enumOf(type))) + "`";
		}
		String plain = type.replaceAll("<.*", "");
		return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
			case "Integer", "Double" -> "number";
			case "DataSize" -> "size";
			case "Duration" -> "duration";
			case "Boolean" -> "boolean";
			case "List" -> "list";
			case "Map" -> "map";
			case "Class" -> "class";
			case "String" -> documented.equals("path") ? "path" : "text";
			default -> "unknown type " + type;
		};
	}

	private static boolean isEnum(String type) {
		return type.matches("dev\\.offload\\.\\w+");
	}

	@SuppressWarnings("unchecked")
	private static Class<? extends Enum<?>> enumOf(String type) {
		try {
			return (Class<? extends Enum<?>>) Class.forName(type);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> words(Class<? extends Enum<?>> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	private static String type(JsonNode property) {
		return property.get("type").asString();
	}

	private static JsonNode hint(String name) {
		for (JsonNode hint : metadata.get("hints")) {
			if (hint.get("name").asString().equals(name)) {
				return hint;
			}
		}
		throw new AssertionError("There is no hint for " + name);
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

	private record Documented(String name, String type, String defaultValue) {

	}

}
