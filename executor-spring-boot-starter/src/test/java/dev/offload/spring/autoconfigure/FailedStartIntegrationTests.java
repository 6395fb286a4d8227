package dev.offload.spring.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
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
	void startWhenAMethodCannotBeOffloadedPrintsDescriptionAndActionAndEnds() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
				"--offload.executors.pdf.type=process", "--spring.main.web-application-type=none")
			.redirectErrorStream(true)
			.start();
		try {
			String output = output(process);
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(1);
			assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
					"Methods with @OffloadTo cannot be offloaded:", "- bean 'reports'", "Reports.render(Runnable)",
					"parameter 1", "java.lang.Runnable is a functional interface", "Action:",
					"Change each of the methods");
		}
		finally {
			process.destroyForcibly();
		}
	}

	// Ends with the process.
	private static String output(Process process) throws IOException {
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
