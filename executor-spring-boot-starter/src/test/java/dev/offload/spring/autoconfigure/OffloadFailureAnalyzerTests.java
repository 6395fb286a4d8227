package dev.offload.spring.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadException;
import dev.offload.UnknownExecutorException;
import dev.offload.spring.OffloadTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what a person reads whose application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class OffloadFailureAnalyzerTests {

	@Test
	void startWhenAMethodIsWrongPrintsWhatToDo(CapturedOutput output) {
		start(WrongMethod.class, "--offload.executors.pdf.type=thread");
		assertThat(output).contains("APPLICATION FAILED TO START", "Methods with @OffloadTo cannot be offloaded:",
				"- bean 'wrong'", "did you mean 'pdf'?", "Action:", "remove its annotation");
	}

	@Test
	void startWhenASettingIsWrongPrintsItsPath(CapturedOutput output) {
		start(Nothing.class, "--offload.executors.pdf.max-workers=0");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"- offload.executors.pdf.max-workers (\"offload.executors.pdf.max-workers\" from property source "
						+ "\"commandLineArgs\") must be at least 1, but is 0",
				"offload.defaults");
	}

	@Test
	void startWhenAKeyIsUnknownPrintsIt(CapturedOutput output) {
		start(Nothing.class, "--offload.executors.pdf.max-wrokers=1");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"- offload.executors.pdf.max-wrokers (\"offload.executors.pdf.max-wrokers\" from property source "
						+ "\"commandLineArgs\") is no setting. Did you mean offload.executors.pdf.max-workers?");
	}

	@Test
	void startWhenATypeIsUnknownPrintsTheKnownOnes(CapturedOutput output) {
		start(Nothing.class, "--offload.executors.pdf.type=proces");
		assertThat(output).contains("APPLICATION FAILED TO START", "offload.executors.pdf.type",
				"inline, process, thread, virtual");
	}

	@Test
	void startWhenABeanAsksForAnUnknownExecutorPrintsTheNearOne(CapturedOutput output) {
		start(AsksForUnknown.class, "--offload.executors.pdf.type=thread");
		assertThat(output).contains("APPLICATION FAILED TO START", "There is no executor 'pfd'", "Did you mean 'pdf'?");
	}

	@Test
	void analyzeWhenNothingIsNearNamesNone() {
		FailureAnalysis analysis = new OffloadFailureAnalyzer()
			.analyze(new UnknownExecutorException("mail", List.of("pdf", "image"), "no"));
		assertThat(analysis.getDescription()).contains("mail", "pdf, image");
		assertThat(analysis.getAction()).doesNotContain("Did you mean");
	}

	@Test
	void analyzeWhenItIsAnotherFailureLeavesItToOthers() {
		assertThat(new OffloadFailureAnalyzer().analyze(new OffloadException("pdf", "other"))).isNull();
	}

	private static void start(Class<?> source, String argument) {
		SpringApplication application = new SpringApplicationBuilder(source).web(WebApplicationType.NONE).build();
		assertThatException().isThrownBy(() -> application.run(argument).close());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ OffloadAutoConfiguration.class, OffloadAspectAutoConfiguration.class })
	public static class Nothing {

	}

	public static class Wrong {

		@OffloadTo("pfd")
		public void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class WrongMethod extends Nothing {

		@Bean
		Wrong wrong() {
			return new Wrong();
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class AsksForUnknown extends Nothing {

		@Bean
		Object asks(ExecutorRegistry registry) {
			return registry.require("pfd");
		}

	}

}
