package dev.offload.small;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker writes to no file, also where the application brings a Logback configuration
 * that does.
 */
class LogFileIntegrationTests {

	private static final String LINE = "A line of the worker";

	private static ConfigurableApplicationContext service;

	@BeforeAll
	static void start(@TempDir Path directory) {
		service = SpringApplication.run(SmallApplication.class, "--spring.config.name=small",
				"--logging.config=classpath:own-logback.xml", "--small.log-file=" + directory.resolve("service.log"));
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void fileOfTheConfigurationIsNotWritten(@TempDir Path directory) throws Throwable {
		Path file = directory.resolve("worker.log");
		try (Pool pool = pool(file, List.of())) {
			pool.tell("log", LINE);
		}
		assertThat(read(file)).doesNotContain(LINE);
	}

	@Test
	void fileOfTheConfigurationIsWrittenWithoutTheExclusion(@TempDir Path directory) throws Throwable {
		Path file = directory.resolve("worker.log");
		try (Pool pool = pool(file, List.of("-Doffload.internal.worker.keep=log-files"))) {
			pool.tell("log", LINE);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(read(file)).contains(LINE));
		}
	}

	private static Pool pool(Path file, List<String> jvmArguments) {
		return new Pool(service,
				(worker) -> worker.properties(Map.of("small.log-file", file.toString())).jvmArgs(jvmArguments));
	}

	private static String read(Path file) throws IOException {
		return Files.exists(file) ? Files.readString(file) : "";
	}

}
