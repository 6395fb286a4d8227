package dev.offload.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.spring.OffloadTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what a person reads who starts an application that cannot start.
 */
class FailedStartIntegrationTests {

	@Test
	void startWhenAMethodCannotBeOffloadedPrintsDescriptionAndActionAndEnds(@TempDir Path directory) throws Exception {
		Path output = directory.resolve("output.log");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
				"--offload.executors.pdf.type=process", "--spring.main.web-application-type=none")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(() -> "ended, after " + read(output)).isTrue();
			assertThat(process.exitValue()).isEqualTo(1);
			assertThat(read(output)).containsSubsequence("APPLICATION FAILED TO START", "Description:",
					"Methods with @OffloadTo cannot be offloaded:", "- bean 'reports'", "Reports.render(Runnable)",
					"parameter 1", "java.lang.Runnable is a functional interface", "Action:",
					"Change each of the methods");
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	public static class Main extends OffloadFailureAnalyzerTests.Nothing {

		public static void main(String[] arguments) {
			SpringApplication.run(Main.class, arguments);
		}

		@Bean
		Reports reports() {
			return new Reports();
		}

	}

	public static class Reports {

		@OffloadTo("pdf")
		public void render(Runnable whenDone) {
		}

	}

}
