package dev.offload.spring.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import dev.offload.ExecutorSpec;
import dev.offload.OverloadPolicy;
import dev.offload.StartMode;
import dev.offload.StartupCache;
import dev.offload.UnsentProperties;
import dev.offload.WorkerContext;
import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;
import dev.offload.WorkerTransport;
import dev.offload.spi.WorkerEnvironment;
import dev.offload.spi.WorkerInitializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for the way from configuration files to specifications.
 */
class ExecutorSettingsTests {

	@Test
	void settingsWhenAllAreSetAreAllInTheSpecification() throws Exception {
		ExecutorSpec spec = read("""
				offload:
				  executors:
				    pdf:
				      type: process
				      max-workers: 3
				      min-workers: 1
				      threads-per-worker: 2
				      max-pending: 7
				      max-pending-bytes: 8MB
				      overload: wait
				      overload-wait: 2s
				      rate-limit: 12
				      rate-limit-period: 13s
				      queue-timeout: 3s
				      timeout: 4s
				      kill-grace: 5s
				      idle-timeout: 6s
				      start: eager
				      start-timeout: 7s
				      spare-workers: 2
				      start-failures: 4
				      hang-timeout: 10s
				      max-tasks-per-worker: 8
				      max-worker-age: 11m
				      max-worker-memory: 512MB
				      close-timeout: 9s
				      max-payload-bytes: 1MB
				      max-spool-bytes: 2GB
				      spool-directory: /
				      allowed-types: [ com.acme.Invoice, com.acme.dto.** ]
				      codec: jdk
				      codec-round-trip: false
				      options: { region: moon }
				      retry:
				        max-attempts: 4
				        max-crashes: 2
				        delay: 3s
				        multiplier: 1.5
				        max-delay: 20s
				        jitter: 0.5
				        includes: [ java.io.IOException ]
				        excludes: [ java.io.FileNotFoundException ]
				        quarantine: 10m
				      worker:
				        context: sources
				        sources: dev.offload.spring.autoconfigure.ExecutorSettingsTests
				        profiles: [ slim ]
				        properties: { some.key: value }
				        heap: 64MB
				        processors: 1
				        heap-dumps: .
				        jvm-args: [ -XX:+UseSerialGC ]
				        environment: { LANG: C }
				        directory: .
				        launcher-prefix: [ nice, -n, 10 ]
				        initializer: dev.offload.spring.autoconfigure.ExecutorSettingsTests$Initializer
				        initializer-arguments: [ model.bin ]
				        warm-up: [ pdfService ]
				        unsent-properties: fail
				        logging: file
				        log-directory: .
				        startup-cache: off
				        transport: socket
				""").get("pdf");
		Map<String, Object> expected = new LinkedHashMap<>();
		expected.put("type", "process");
		expected.put("max-workers", 3);
		expected.put("min-workers", 1);
		expected.put("threads-per-worker", 2);
		expected.put("max-pending", 7);
		expected.put("max-pending-bytes", 8L << 20);
		expected.put("overload", OverloadPolicy.WAIT);
		expected.put("overload-wait", Duration.ofSeconds(2));
		expected.put("rate-limit", 12);
		expected.put("rate-limit-period", Duration.ofSeconds(13));
		expected.put("queue-timeout", Duration.ofSeconds(3));
		expected.put("timeout", Duration.ofSeconds(4));
		expected.put("kill-grace", Duration.ofSeconds(5));
		expected.put("idle-timeout", Duration.ofSeconds(6));
		expected.put("start", StartMode.EAGER);
		expected.put("start-timeout", Duration.ofSeconds(7));
		expected.put("spare-workers", 2);
		expected.put("start-failures", 4);
		expected.put("hang-timeout", Duration.ofSeconds(10));
		expected.put("max-tasks-per-worker", 8);
		expected.put("max-worker-age", Duration.ofMinutes(11));
		expected.put("max-worker-memory", 512L << 20);
		expected.put("close-timeout", Duration.ofSeconds(9));
		expected.put("max-payload-bytes", 1L << 20);
		expected.put("max-spool-bytes", 2L << 30);
		expected.put("spool-directory", "/");
		expected.put("allowed-types", List.of("com.acme.Invoice", "com.acme.dto.**"));
		expected.put("codec", "jdk");
		expected.put("codec-round-trip", false);
		expected.put("options", Map.of("region", "moon"));
		expected.put("retry.max-attempts", 4);
		expected.put("retry.max-crashes", 2);
		expected.put("retry.delay", Duration.ofSeconds(3));
		expected.put("retry.multiplier", 1.5);
		expected.put("retry.max-delay", Duration.ofSeconds(20));
		expected.put("retry.jitter", 0.5);
		expected.put("retry.includes", List.of("java.io.IOException"));
		expected.put("retry.excludes", List.of("java.io.FileNotFoundException"));
		expected.put("retry.quarantine", Duration.ofMinutes(10));
		expected.put("worker.context", WorkerContext.SOURCES);
		expected.put("worker.sources", List.of(ExecutorSettingsTests.class.getName()));
		expected.put("worker.profiles", List.of("slim"));
		expected.put("worker.properties", Map.of("some.key", "value"));
		expected.put("worker.heap", 64L << 20);
		expected.put("worker.processors", 1);
		expected.put("worker.heap-dumps", ".");
		expected.put("worker.jvm-args", List.of("-XX:+UseSerialGC"));
		expected.put("worker.environment", Map.of("LANG", "C"));
		expected.put("worker.directory", ".");
		expected.put("worker.launcher-prefix", List.of("nice", "-n", "10"));
		expected.put("worker.initializer", Initializer.class.getName());
		expected.put("worker.initializer-arguments", List.of("model.bin"));
		expected.put("worker.warm-up", List.of("pdfService"));
		expected.put("worker.unsent-properties", UnsentProperties.FAIL);
		expected.put("worker.logging", WorkerLogging.FILE);
		expected.put("worker.log-directory", ".");
		expected.put("worker.startup-cache", StartupCache.OFF);
		expected.put("worker.transport", WorkerTransport.SOCKET);
		// Every setting that there is: one that is new must be added to the properties
		// too.
		assertThat(spec.settings()).isEqualTo(expected);
		assertThat(spec.toBuilder().worker(spec.worker().toBuilder().build()).build()).isEqualTo(spec);
	}

	@Test
	void settingsWhenNoneIsSetAreThoseOfTheCoreWithTheApplicationsContext() {
		ExecutorSpec spec = read(Map.of("offload.executors.pdf.type", "process")).get("pdf");
		assertThat(spec).isEqualTo(ExecutorSpec.builder("pdf")
			.worker(WorkerSpec.builder().context(WorkerContext.APPLICATION).build())
			.build());
	}

	@ParameterizedTest
	@CsvSource({ "off, OFF", "'\"off\"', OFF", "OFF, OFF", "inherit, INHERIT", "forward, FORWARD" })
	void loggingIsReadWithQuotesAndWithout(String value, WorkerLogging logging) throws Exception {
		ExecutorSpec spec = read("""
				offload:
				  executors:
				    pdf:
				      worker:
				        logging: %s
				""".formatted(value)).get("pdf");
		assertThat(spec.worker().logging()).isEqualTo(logging);
	}

	@Test
	void loggingToFilesWithoutADirectoryStopsTheStart() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.pdf.worker.logging", "file")))
			.withMessageContaining("offload.executors.pdf.worker.log-directory must be set");
	}

	@Test
	void executorWhenItIsOnlyANameHasDefaults() throws Exception {
		assertThat(read("""
				offload:
				  executors:
				    pdf:
				    image:
				""")).containsOnlyKeys("pdf", "image");
	}

	@Test
	void executorWithoutSettingsHasDefaults() throws Exception {
		assumeThat(SpringBootVersion.getVersion()).as("4.0 drops an empty map").doesNotStartWith("4.0.");
		assertThat(read("""
				offload:
				  executors:
				    pdf:
				    image: {}
				""")).containsOnlyKeys("pdf", "image");
	}

	@Test
	void executorWhenAValueFollowsItsNameStopsTheStart() {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.pdf", "process")))
			.withMessageContaining("offload.executors.pdf");
	}

	@Test
	void defaultsAreUnderWhatAnExecutorSets() {
		Map<String, ExecutorSpec> specs = read(Map.of("offload.defaults.timeout", "30s", "offload.defaults.max-pending",
				"5", "offload.defaults.worker.heap", "64MB", "offload.defaults.worker.properties.a", "1",
				"offload.executors.pdf.max-pending", "6", "offload.executors.pdf.worker.properties.b", "2",
				"offload.defaults.retry.max-attempts", "3", "offload.executors.pdf.retry.delay", "2s"));
		ExecutorSpec pdf = specs.get("pdf");
		assertThat(pdf.timeout()).isEqualTo(Duration.ofSeconds(30));
		assertThat(pdf.maxPending()).isEqualTo(6);
		assertThat(pdf.worker().heapBytes()).isEqualTo(64L << 20);
		assertThat(pdf.worker().properties()).isEqualTo(Map.of("a", "1", "b", "2"));
		assertThat(pdf.retry().maxAttempts()).isEqualTo(3);
		assertThat(pdf.retry().delay()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void retryPauseThatIsSetMovesTheDefaultOfTheOtherAlong() {
		Map<String, ExecutorSpec> specs = read(
				Map.of("offload.executors.slow.retry.delay", "2m", "offload.executors.quick.retry.max-delay", "500ms"));
		assertThat(specs.get("slow").retry().delay()).isEqualTo(Duration.ofMinutes(2));
		assertThat(specs.get("slow").retry().maxDelay()).isEqualTo(Duration.ofMinutes(2));
		assertThat(specs.get("quick").retry().delay()).isEqualTo(Duration.ofMillis(500));
		assertThat(specs.get("quick").retry().maxDelay()).isEqualTo(Duration.ofMillis(500));
	}

	@Test
	void defaultsOfWorkersAreNotForThreads() {
		ExecutorSpec spec = read(Map.of("offload.defaults.worker.heap", "64MB", "offload.defaults.threads-per-worker",
				"2", "offload.defaults.min-workers", "1", "offload.defaults.max-tasks-per-worker", "9",
				"offload.executors.io.type", "thread"))
			.get("io");
		assertThat(spec.worker()).isEqualTo(WorkerSpec.DEFAULTS);
		assertThat(spec.threadsPerWorker()).isOne();
	}

	@Test
	void defaultsThatNeedBeansAreNotForWorkersWithout() {
		ExecutorSpec spec = read(Map.of("offload.defaults.worker.warm-up", "pdfService", "offload.defaults.worker.heap",
				"64MB", "offload.executors.pdf.worker.context", "none"))
			.get("pdf");
		assertThat(spec.worker().warmUp()).isEmpty();
		assertThat(spec.worker().heapBytes()).isEqualTo(64L << 20);
	}

	@ParameterizedTest
	@CsvSource({ "max-workers, 0, at least 1", "max-pending, 0, at least 1", "max-pending, -1, at least 1",
			"timeout, -1s, not be negative", "start-timeout, 0s, above zero", "min-workers, 99999, above max-workers",
			"worker.heap, 1MB, at least 8MB", "worker.directory, /no/such/place, exists",
			"max-payload-bytes, 10B, at least 1024", "max-spool-bytes, -1B, at least 0",
			"retry.max-attempts, 0, at least 1", "retry.jitter, 2, from 0 to 1",
			"spool-directory, /no/such/place, exists", "worker.log-directory, /no/such/place, exists" })
	void valueWhenWrongStopsTheStartWithItsPath(String setting, String value, String rule) {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.pdf." + setting, value)))
			.withMessageContaining("offload.executors.pdf." + setting + " ")
			.withMessageContaining(rule);
	}

	@ParameterizedTest
	@CsvSource({ "max-workers, many", "timeout, soon", "start, sometimes", "overload, explode", "worker.context, some",
			"worker.initializer, com.acme.Missing", "worker.sources, com.acme.Missing" })
	void valueWhenOfNoSuchKindStopsTheStartWithItsPath(String setting, String value) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.pdf." + setting, value)))
			.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("offload.executors.pdf." + setting));
	}

	@Test
	void initializerArgumentsWhenNothingCanTakeThemStopTheStart() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.pdf.worker.initializer-arguments", "a",
					"offload.executors.pdf.worker.context", "none")))
			.withMessageContaining("offload.executors.pdf.worker.initializer-arguments ")
			.withMessageContaining("worker.initializer");
	}

	@Test
	void initializerArgumentsOfTheDefaultsAreNotForWorkersThatCannotTakeThem() {
		ExecutorSpec spec = read(Map.of("offload.defaults.worker.initializer-arguments", "a",
				"offload.executors.pdf.worker.context", "none"))
			.get("pdf");
		assertThat(spec.worker().initializerArguments()).isEmpty();
	}

	@Test
	void valuesWhenSeveralAreWrongAreAllNamed() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(
					Map.of("offload.executors.pdf.max-workers", "0", "offload.executors.image.max-pending", "0")))
			.satisfies((failure) -> assertThat(failure.problems()).hasSize(2));
	}

	@Test
	void valueWhenWrongInTheDefaultsIsNamedThere() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.defaults.max-workers", "0", "offload.executors.pdf.type", "thread")))
			.withMessageContaining("offload.defaults.max-workers ");
	}

	@Test
	void valueWhenWrongInAFileIsNamedWithItsLine() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class).isThrownBy(() -> read("""
				offload:
				  executors:
				    pdf:
				      max-workers: 0
				""")).withMessageContaining("4:20");
	}

	@Test
	void workerSettingsWhenTheTypeHasNoWorkersStopTheStart() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class).isThrownBy(
				() -> read(Map.of("offload.executors.io.type", "thread", "offload.executors.io.worker.heap", "64MB")))
			.withMessageContaining("offload.executors.io.worker")
			.withMessageContaining("only for type process");
	}

	@Test
	void nameWhenWrongStopsTheStart() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.1pdf.type", "thread")))
			.withMessageContaining("offload.executors.1pdf");
	}

	@ParameterizedTest
	@CsvSource({ "offload.executors.pdf.max-worker, Did you mean offload.executors.pdf.max-workers?",
			"offload.executors.pdf.worker.heapp, Did you mean offload.executors.pdf.worker.heap?",
			"offload.executors[a.b].tmieout, Did you mean offload.executors[a.b].timeout?",
			"offload.executor.pdf.type, Did you mean offload.executors?",
			"offload.defaults.tmieout, Did you mean offload.defaults.timeout?",
			"offload.executors.my.pdf.timeout, goes in brackets: offload.executors[a.b]" })
	void keyWhenUnknownStopsTheStartWithTheNearOne(String key, String hint) {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class).isThrownBy(() -> read(Map.of(key, "1")))
			.satisfies((failure) -> assertThat(failure.problems()).singleElement()
				.asString()
				.startsWith(key + " (")
				.contains(") is no setting. ")
				.contains(hint));
	}

	@Test
	void keysWhenUnknownAreAllNamedAndWithoutANearOneNothingIsGuessed() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.pdf.zzz", "1", "offload.yyyyyyyyy", "1")))
			.satisfies((failure) -> assertThat(failure.problems()).hasSize(2)
				.allMatch((problem) -> problem.endsWith("is no setting")));
	}

	@Test
	void valuesWhenSeveralOfOneExecutorAreWrongAreAllNamed() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.pdf.max-workers", "2", "offload.executors.pdf.min-workers",
					"3", "offload.executors.pdf.timeout", "-1s", "offload.executors.pdf.worker.heap", "1MB",
					"offload.executors.pdf.worker.processors", "0")))
			.satisfies((failure) -> assertThat(failure.problems())
				.extracting((problem) -> problem.substring(0, problem.indexOf(' ')))
				.containsExactlyInAnyOrder("offload.executors.pdf.min-workers", "offload.executors.pdf.timeout",
						"offload.executors.pdf.worker.heap", "offload.executors.pdf.worker.processors"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"min-workers=3,max-workers=2 | min-workers | must not be above max-workers 2, but is 3",
			"spare-workers=3,max-workers=2 | spare-workers | must not be above max-workers 2, but is 3",
			"type=inline,min-workers=1 | min-workers | is only for type process, and the type is inline",
			"type=thread,worker.heap=64MB | worker.* | is only for type process, and the type is thread",
			"type=virtual,max-worker-age=1h | max-worker-age | is only for type process",
			"worker.sources=java.lang.String | worker.sources | needs worker.context: sources",
			"worker.context=sources | worker.sources | must name a configuration class",
			"worker.context=none,worker.warm-up=a | worker.warm-up | needs beans, but worker.context is none",
			"worker.context=none,worker.initializer-arguments=a | worker.initializer-arguments | needs worker.initializer",
			"retry.delay=2h,retry.max-delay=1m | retry.max-delay | must not be below retry.delay PT2H, but is PT1M",
			"worker.logging=file | worker.log-directory | must be set, for worker.logging is file" })
	void settingsWhenTheyConflictStopTheStartWithBoth(String settings, String wrong, String problem) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (String setting : List.of(settings.split(",", -1))) {
			int end = setting.indexOf('=');
			properties.put("offload.executors.pdf." + setting.substring(0, end), setting.substring(end + 1));
		}
		assertThatExceptionOfType(InvalidOffloadSettingsException.class).isThrownBy(() -> read(properties))
			.satisfies((failure) -> assertThat(failure.problems()).singleElement()
				.asString()
				.startsWith("offload.executors.pdf." + wrong)
				.contains(problem));
	}

	@Test
	void workerSettingsWhenTheTypeHasNoWorkersAreToldWithoutTheirValues() {
		assertThatExceptionOfType(InvalidOffloadSettingsException.class)
			.isThrownBy(() -> read(Map.of("offload.executors.io.type", "thread",
					"offload.executors.io.worker.environment.PASSWORD", "secret")))
			.withMessageNotContaining("secret");
	}

	private static Map<String, ExecutorSpec> read(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return ExecutorSpecs.ofService(environment).made();
	}

	private static Map<String, ExecutorSpec> read(String yaml) throws Exception {
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader().load("test", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.forEach(environment.getPropertySources()::addFirst);
		return ExecutorSpecs.ofService(environment).made();
	}

	static class Initializer implements WorkerInitializer {

		@Override
		public void initialize(WorkerEnvironment environment) {
			// nothing to prepare
		}

	}

}
