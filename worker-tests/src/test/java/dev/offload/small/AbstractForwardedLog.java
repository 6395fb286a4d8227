package dev.offload.small;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.pool.ProcessExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is logged in a worker is in the file of the service, once, as the worker logged
 * it. The worker has the same configuration: neither its console nor its file gets it.
 */
abstract class AbstractForwardedLog {

	private static final String LOGGER = Teller.class.getName();

	private static ConfigurableApplicationContext service;

	private static Path file;

	static void start(Path directory, String configuration) {
		file = directory.resolve("service.log");
		// A context that another test has left open would keep its configuration.
		LoggingSystem.get(AbstractForwardedLog.class.getClassLoader()).cleanUp();
		service = SpringApplication.run(SmallApplication.class, "--spring.config.name=small",
				"--logging.config=classpath:" + configuration, "--small.log-file=" + file, "--logging.level.root=info",
				"--logging.level." + LOGGER + "=debug");
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void eventsOfAWorkerWithBeansAreLoggedHereAsTheyWereLoggedThere() throws Throwable {
		long pid;
		try (Pool pool = new Pool(service, UnaryOperator.identity())) {
			pid = (long) pool.tell("complain", "A complaint");
			awaitLine("DEBUG|small-task-1|" + LOGGER + "|4711|small|" + pid + "|[small " + pid
					+ "] A detail of A complaint");
			awaitLine("[small " + pid + "] Printed beside A complaint");
		}
		List<String> lines = lines();
		int first = lines.indexOf("WARN|small-task-1|" + LOGGER + "|4711|small|" + pid + "|[small " + pid
				+ "] A complaint and a argument");
		assertThat(first).as("in %s", lines).isNotNegative();
		assertThat(lines.subList(first + 1, first + 3)).satisfiesExactly(
				(line) -> assertThat(line).isEqualTo("java.lang.IllegalStateException: outer"),
				(line) -> assertThat(line).startsWith("\tat " + LOGGER + ".complain(Teller.java:"));
		assertThat(lines).contains("Caused by: java.lang.IllegalArgumentException: inner")
			.filteredOn((line) -> line.contains("A complaint"))
			.hasSize(3);
		assertThat(lines).filteredOn((line) -> line.contains("Printed beside"))
			.singleElement()
			.satisfies((line) -> assertThat(line).startsWith("INFO|").contains("|dev.offload.worker.small|"));
	}

	@Test
	void eventsOfAWorkerWithoutBeansAreLoggedHereFromInfoOn() throws Exception {
		try (OffloadExecutor plain = plain()) {
			plain.call(AbstractForwardedLog::logPlainly);
			awaitLine("WARN|plain-task-1|" + LOGGER + "||plain|");
			awaitLine("INFO|plain-task-1|" + LOGGER + "||plain|");
			assertThat(lines()).noneMatch((line) -> line.contains("Plain detail"));
		}
	}

	static OffloadExecutor plain() {
		return ProcessExecutorFactory.builder()
			.applicationPackages("dev.offload.small")
			.build()
			.create(ExecutorSpec.builder("plain").maxWorkers(1).build());
	}

	private static @Nullable String logPlainly() {
		LoggerFactory.getLogger(Teller.class).debug("Plain detail");
		LoggerFactory.getLogger(Teller.class).info("Plain message");
		LoggerFactory.getLogger(Teller.class).warn("Plain warning");
		return null;
	}

	static void awaitLine(String text) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(lines()).anySatisfy((line) -> assertThat(line).contains(text)));
	}

	private static List<String> lines() {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
