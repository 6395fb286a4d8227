package dev.offload.process;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExitStatus}.
 */
class ExitStatusTests {

	@Test
	void ofWhenExitedHasTheCode() {
		assertThat(status(7)).isEqualTo(new ExitStatus(7, null, "exited with code 7"));
		assertThat(status(255).exitCode()).isEqualTo(255);
	}

	@Test
	void ofWhenMemoryWasOutSaysWhichMemory() {
		assertThat(status(3, "x", "Terminating due to java.lang.OutOfMemoryError: Metaspace").reason())
			.isEqualTo("exited with code 3 (out of memory: Metaspace)");
		assertThat(status(3).reason()).contains("out of memory, if no task called exit");
	}

	@Test
	void ofWhenKilledFromOutsideSaysThatItMayBeAnExitCode() {
		ExitStatus status = status(137);
		assertThat(status.signal()).isEqualTo("SIGKILL");
		assertThat(status.exitCode()).isNull();
		assertThat(status.reason()).contains("from outside", "memory ran out", "called exit with 137");
	}

	@Test
	void ofWhenKilledByTheServiceSaysSo() {
		assertThat(ExitStatus.of(137, true, null, List.of(), null).reason())
			.isEqualTo("killed by its service (SIGKILL)");
	}

	@Test
	void ofWhenCrashedTakesTheSignalFromTheReport() {
		ErrorFile report = new ErrorFile(Path.of("x"), "#\n# A fatal error\n#\n#  SIGBUS (0x7) at pc=0x0\n");
		assertThat(ExitStatus.of(1, false, report, List.of(), null))
			.isEqualTo(new ExitStatus(null, "SIGBUS", "crashed in native code or in the JVM (SIGBUS)"));
	}

	@Test
	void ofWhenNativeMemoryWasOutSaysSo() {
		ErrorFile report = new ErrorFile(Path.of("x"),
				"#\n# There is insufficient memory for the Java Runtime Environment to continue.\n");
		assertThat(ExitStatus.of(1, false, report, List.of(), null).reason()).contains("no more memory");
	}

	@Test
	void ofWhenTheKernelHasKilledForMemoryMeanwhileSaysSo() {
		assertThat(ExitStatus.of(137, false, null, List.of(), 1L)).satisfies((status) -> {
			assertThat(status.signal()).isEqualTo("SIGKILL");
			assertThat(status.reason()).contains("out-of-memory killer").doesNotContain("exit");
		});
		assertThat(ExitStatus.of(137, false, null, List.of(), 0L)).isEqualTo(status(137));
		assertThat(ExitStatus.of(137, true, null, List.of(), 1L).reason()).contains("killed by its service");
		assertThat(ExitStatus.of(143, false, null, List.of(), 1L)).isEqualTo(status(143));
		assertThat(ExitStatus.of(9, false, null, List.of(), 1L)).isEqualTo(status(9));
	}

	private static ExitStatus status(int value, String... output) {
		return ExitStatus.of(value, false, null, List.of(output), null);
	}

}
