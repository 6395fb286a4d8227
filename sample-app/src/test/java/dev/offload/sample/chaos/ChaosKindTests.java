package dev.offload.sample.chaos;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChaosKind}, but for the kinds that end the process.
 */
class ChaosKindTests {

	@Test
	void idsAreTheNamesInAddresses() {
		assertThat(ChaosKind.ids()).containsExactly("exit", "halt", "crash", "oom", "spin", "deep-recursion",
				"flood-stdout", "fork-child");
	}

	@Test
	void findReturnsTheKindOfThatName() {
		assertThat(ChaosKind.find("fork-child")).contains(ChaosKind.FORK_CHILD);
		assertThat(ChaosKind.find("FORK_CHILD")).isEmpty();
	}

	@Test
	void deepRecursionFailsAndNamesTheProcess() {
		assertThatExceptionOfType(ChaosException.class).isThrownBy(ChaosKind.DEEP_RECURSION::run)
			.withMessageContaining("StackOverflowError")
			.withCauseInstanceOf(StackOverflowError.class)
			.satisfies((ex) -> assertThat(ex.workerPid()).isEqualTo(ProcessHandle.current().pid()));
	}

	@Test
	void forkChildReportsTheChild() throws Exception {
		ChaosReport report = ChaosKind.FORK_CHILD.run();
		assertThat(report.childPid()).isNotNull();
		ProcessHandle child = ProcessHandle.of(report.childPid()).orElseThrow();
		assertThat(child.parent()).contains(ProcessHandle.current());
		child.destroyForcibly();
	}

}
