package dev.offload.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offload.WorkerSpec;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.WorkerCommandCustomizer;
import dev.offload.spi.WorkerLaunch;
import dev.offload.spi.WorkerShare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link CustomizedLaunch}.
 */
class CustomizedLaunchTests {

	private final WorkerLaunch launch = new WorkerLaunch("pdf", 7,
			WorkerSpec.builder().jvmArgs(List.of("-Xss1m")).environment(Map.of("LANG", "C")).build(),
			new WorkerShare(null, null), "dev.offload.Main", Path.of("/work/socket"), "token", Path.of("/work"),
			OutputRedactor.NONE);

	@Test
	void customizersChangeOptionsAndVariablesOneAfterTheOther() throws IOException {
		WorkerCommandCustomizer first = (start, options) -> {
			options.jvmArgs().add("-Dnumber=" + start.number());
			options.environment().put("A", "1");
		};
		WorkerCommandCustomizer second = (start, options) -> {
			options.jvmArgs().remove("-Xss1m");
			options.environment().computeIfPresent("A", (name, value) -> value + "2");
		};
		WorkerLaunch changed = CustomizedLaunch.of(this.launch, List.of(first, second));
		assertThat(changed.worker().jvmArgs()).containsExactly("-Dnumber=7");
		assertThat(changed.worker().environment()).isEqualTo(Map.of("LANG", "C", "A", "12"));
		assertThat(new WorkerCommand(changed, List.of("a.jar"), List.of()).arguments()).contains("-Dnumber=7",
				"-XX:+ExitOnOutOfMemoryError", "-Doffload.worker.number=7");
	}

	@Test
	void withoutCustomizersNothingIsChanged() throws IOException {
		assertThat(CustomizedLaunch.of(this.launch, List.of())).isSameAs(this.launch);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:-ExitOnOutOfMemoryError", "-XX:ErrorFile=/tmp/x", "-Doffload.worker.number=1", "-cp",
			"evil.jar" })
	void optionThatMustStayFailsTheStartAndNamesTheCustomizer(String option) {
		WorkerCommandCustomizer wrong = (start, options) -> options.jvmArgs().add(option);
		assertThatIOException().isThrownBy(() -> CustomizedLaunch.of(this.launch, List.of(wrong)))
			.withMessageContaining(
					"Cannot start worker 7 of executor 'pdf': its customizer " + wrong.getClass().getName())
			.withMessageContaining("must not have '" + option + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "OFFLOAD_WORKER_ID", "_JAVA_OPTIONS" })
	void variableThatMustStayFailsTheStartAndNamesTheCustomizer(String variable) {
		WorkerCommandCustomizer wrong = (start, options) -> options.environment().put(variable, "x");
		assertThatIOException().isThrownBy(() -> CustomizedLaunch.of(this.launch, List.of(wrong)))
			.withMessageContaining(wrong.getClass().getName())
			.withMessageContaining("must not set " + variable);
	}

}
