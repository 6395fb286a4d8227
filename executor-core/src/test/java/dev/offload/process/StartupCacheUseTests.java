package dev.offload.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupCacheUse}: which early ends are the fault of a cache.
 */
class StartupCacheUseTests {

	private final List<String> refused = new ArrayList<>();

	private final StartupCacheUse use = new StartupCacheUse(StartupCacheKind.CLASS_DATA, Path.of("x.cache"),
			Path.of("does-not-exist.log"), this.refused::add);

	@ParameterizedTest
	@ValueSource(ints = { 128 + 11, 128 + 7, 128 + 6 })
	void diedByACrashRefuses(int value) {
		this.use.died(status(value, null), null);
		assertThat(this.refused).singleElement().asString().contains("it crashed");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 126, 128 + 2, 128 + 9, 128 + 15 })
	void diedOfSomethingElseRefusesNothing(int value) {
		this.use.died(status(value, null), null);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void diedWithAnErrorFileRefuses() {
		ErrorFile report = new ErrorFile(Path.of("hs_err.log"), "#\n#  Internal Error (x.cpp:1)\n");
		this.use.died(status(1, report), report);
		assertThat(this.refused).hasSize(1);
	}

	@Test
	void diedForWantOfMemoryRefusesNothing() {
		ErrorFile report = new ErrorFile(Path.of("hs_err.log"),
				"# There is insufficient memory for the Java Runtime Environment to continue.\n");
		this.use.died(status(1, report), report);
		assertThat(this.refused).isEmpty();
	}

	@Test
	void diedAfterItsFirstWordRefusesNothingMore() {
		this.use.lives();
		assertThat(this.refused).singleElement().asString().contains("cannot be read");
		this.use.died(status(128 + 11, null), null);
		assertThat(this.refused).hasSize(1);
	}

	private static ExitStatus status(int value, ErrorFile report) {
		return ExitStatus.of(value, false, report, List.of(), null);
	}

}
