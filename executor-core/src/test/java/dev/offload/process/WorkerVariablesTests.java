package dev.offload.process;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link WorkerVariables}.
 */
class WorkerVariablesTests {

	@Test
	void ofInheritsByAnAllowList() {
		Map<String, String> service = Map.of("PATH", "/bin", "LC_ALL", "C.UTF-8", "TZ", "UTC", "DATABASE_PASSWORD",
				"secret", "JAVA_TOOL_OPTIONS", "-agentlib:jdwp", "JDK_JAVA_OPTIONS", "-Xmx1g", "CLASSPATH", "/x",
				"_JAVA_OPTIONS", "-Xmx1g");
		assertThat(WorkerVariables.of(service, Map.of(), "id")).containsOnly(Map.entry("PATH", "/bin"),
				Map.entry("LC_ALL", "C.UTF-8"), Map.entry("TZ", "UTC"), Map.entry("OFFLOAD_WORKER_ID", "id"));
	}

	@Test
	void ofAddsWhatTheSettingsSay() {
		assertThat(WorkerVariables.of(Map.of("PATH", "/bin"), Map.of("PATH", "/usr/bin", "MODEL", "a"), "id"))
			.containsEntry("PATH", "/usr/bin")
			.containsEntry("MODEL", "a");
	}

	@Test
	void ofWhenOptionsThatWinOverAllOthersAreSetFails() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WorkerVariables.of(Map.of(), Map.of("_JAVA_OPTIONS", "-Xint"), "id"))
			.withMessageContaining("_JAVA_OPTIONS")
			.withMessageContaining("worker.jvm-args");
	}

}
