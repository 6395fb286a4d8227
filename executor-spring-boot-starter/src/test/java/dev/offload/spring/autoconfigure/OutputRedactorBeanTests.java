package dev.offload.spring.autoconfigure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;
import dev.offload.WorkerStartException;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.WorkerLauncher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a bean redacts what workers print.
 */
class OutputRedactorBeanTests {

	private final List<String> redacted = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OffloadAutoConfiguration.class))
		.withPropertyValues("offload.executors.pdf.type=process", "offload.executors.pdf.start-failures=1")
		.withBean(WorkerLauncher.class, () -> (launch) -> {
			this.redacted.add(launch.redactor().redact("a secret word"));
			throw new IOException("This launcher starts nothing");
		});

	@Test
	void beanRedactsTheOutputOfWorkers() {
		this.runner.withBean(OutputRedactor.class, () -> (line) -> line.replace("secret", "***")).run((context) -> {
			failToStart(context.getBean(ExecutorRegistry.class).require("pdf"));
			assertThat(this.redacted).isNotEmpty().containsOnly("a *** word");
		});
	}

	@Test
	void withoutABeanLinesStayAsTheyAre() {
		this.runner.run((context) -> {
			failToStart(context.getBean(ExecutorRegistry.class).require("pdf"));
			assertThat(this.redacted).isNotEmpty().containsOnly("a secret word");
		});
	}

	private static void failToStart(OffloadExecutor executor) {
		assertThatExceptionOfType(WorkerStartException.class).isThrownBy(() -> executor.call(() -> 1));
	}

}
