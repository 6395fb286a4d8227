package dev.offload.spring.autoconfigure;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.UnknownExecutorException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerDeath;
import dev.offload.WorkerStartException;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerProcess;
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

	@Test
	void startWhenABeanIsGivenAnUnknownExecutorPrintsTheNearOne(CapturedOutput output) {
		start(IsGivenUnknown.class, "--offload.executors.pdf.type=thread");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"A bean asks for executor 'pfd', which there is not. The executors are: pdf.", "Did you mean 'pdf'?");
	}

	@Test
	void startWhenABeanIsGivenAnExecutorAndThereAreNonePrintsWhy(CapturedOutput output) {
		start(IsGivenUnknown.class, "--offload.enabled=false");
		assertThat(output).contains("APPLICATION FAILED TO START", "offload.enabled is false", "offload.bypass");
	}

	@Test
	void startWhenARunnerWaitsForAWorkerThatDoesNotStartPrintsWhatTheWorkerSays(CapturedOutput output) {
		start(WaitsForWorker.class, "--offload.executors.pdf.start-failures=1");
		assertThat(output).contains("APPLICATION FAILED TO START", "a worker could not be started",
				"This launcher starts nothing", "Action:", "@Profile(\"!offload-worker\")",
				"offload.executors.pdf.worker.heap");
	}

	@Test
	void startWhenThereCanBeNoWorkersPrintsTheAlternatives(CapturedOutput output) {
		start(WithoutWorkers.class, "--offload.executors.pdf.type=process");
		assertThat(output).contains("APPLICATION FAILED TO START", "Executor 'pdf' is of type process",
				"There are no processes here", "offload.executors.pdf.type", "thread or inline");
	}

	@Test
	void startWhenThereCanBeNoWorkersAndNobodyAskedForThemSucceeds() {
		new SpringApplicationBuilder(WithoutWorkers.class).web(WebApplicationType.NONE).run().close();
		new SpringApplicationBuilder(WithoutWorkers.class).web(WebApplicationType.NONE)
			.run("--offload.executors.pdf.type=process", "--offload.bypass=true")
			.close();
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void startWhenThereAreNoVirtualThreadsPrintsWhatTheyNeed(CapturedOutput output) {
		start(Nothing.class, "--offload.executors.pdf.type=virtual");
		assertThat(output).contains("APPLICATION FAILED TO START", "is of type virtual, which needs JDK 21",
				"Set offload.executors.pdf.type to another type");
	}

	@Test
	void startWhenABeanMakesAnExecutorOfWrongSettingsPrintsThem(CapturedOutput output) {
		start(MakesWrongExecutor.class, "--offload.executors.pdf.type=thread");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"- Executor 'own': max-workers must be at least 1, but is 0", "Correct the value of max-workers");
	}

	@Test
	void analyzeWhenAWorkerDidNotStartQuotesItsOutputAndNamesTheBean() {
		WorkerStartException failure = new WorkerStartException("pdf", 12, List.of("no database", "at Main"),
				"it ended", new IllegalStateException("port taken"));
		FailureAnalysis analysis = new WorkerFailureAnalyzer()
			.analyze(new BeanCreationException("outer", "no", new BeanCreationException("report", "no", failure)));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("it ended", "    no database\n    at Main", "port taken",
				"Bean 'report' waited for it");
	}

	@Test
	void analyzeWhenAWorkerCrashedQuotesItsOutput() {
		WorkerDeath death = new WorkerDeath(12, 3, null, "exited", List.of("OutOfMemoryError"), null, null);
		FailureAnalysis analysis = new WorkerFailureAnalyzer()
			.analyze(new WorkerCrashException("pdf", "t-1", death, true, "worker 12 exited"));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("worker 12 exited", "    OutOfMemoryError");
		assertThat(analysis.getAction()).contains("offload.executors.pdf.worker.heap");
	}

	@Test
	void analyzeWhenNoWorkerIsConcernedLeavesItToOthers() {
		assertThat(new WorkerFailureAnalyzer().analyze(new OffloadException("pdf", "other"))).isNull();
		assertThat(new MissingExecutorBeanFailureAnalyzer(new StandardEnvironment())
			.analyze(new NoSuchBeanDefinitionException(String.class))).isNull();
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

	@Configuration(proxyBeanMethods = false)
	public static class IsGivenUnknown extends Nothing {

		@Bean
		Object asks(@Qualifier("pfd") OffloadExecutor executor) {
			return executor;
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class MakesWrongExecutor extends Nothing {

		@Bean
		Object makes() {
			return ExecutorSpec.builder("own").maxWorkers(0).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class WaitsForWorker extends Nothing {

		@Bean
		WorkerLauncher launcher() {
			return (launch) -> {
				throw new IOException("This launcher starts nothing");
			};
		}

		@Bean
		ApplicationRunner runner(ExecutorRegistry registry) {
			return (arguments) -> registry.require("pdf").call(() -> "never");
		}

	}

	@Configuration(proxyBeanMethods = false)
	public static class WithoutWorkers extends Nothing {

		@Bean
		WorkerLauncher launcher() {
			return new WorkerLauncher() {

				@Override
				public String obstacle() {
					return "There are no processes here";
				}

				@Override
				public WorkerProcess launch(WorkerLaunch launch) throws IOException {
					throw new IOException(obstacle());
				}

			};
		}

	}

}
