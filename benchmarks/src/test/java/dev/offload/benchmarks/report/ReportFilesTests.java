package dev.offload.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.Goal;
import dev.offload.benchmarks.figure.Spread;
import dev.offload.benchmarks.figure.Unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests the files of reports.
 */
class ReportFilesTests {

	private static final List<String> ORDER = List.of("first", "second");

	@TempDir
	private Path directory = Path.of("");

	@Test
	void writeWhenFileIsThereReplacesSameRowsOfSameJdk() throws IOException {
		ReportFiles.write(this.directory, report("17.0.1", figure("first", 1), figure("second", 2)), ORDER);
		ReportFiles.write(this.directory, report("25", figure("first", 3)), ORDER);
		ReportFiles.write(this.directory, report("17.0.2", figure("first", 4)), ORDER);
		assertThat(ReportFiles.read(this.directory).runs()).containsExactly(
				new Run("17.0.2", List.of(figure("first", 4), figure("second", 2)),
						Map.of("first", moment("17.0.2"), "second", moment("17.0.1"))),
				new Run("25", List.of(figure("first", 3)), Map.of("first", moment("25"))));
	}

	@Test
	void writeWhenFileIsOfAnotherMachineRefuses() throws IOException {
		Report report = report("17.0.1", figure("first", 1));
		ReportFiles.write(this.directory, report, ORDER);
		Report other = report(new Machine("processor", 4, 1024, "Linux"), "17.0.1", figure("first", 2));
		assertThatIllegalArgumentException().isThrownBy(() -> ReportFiles.write(this.directory, other, ORDER))
			.withMessageContaining("processors=4")
			.withMessageContaining("processors=2");
		assertThat(ReportFiles.read(this.directory)).isEqualTo(report);
	}

	@Test
	void tableOfMomentsTellsWhenEachRowWasMeasured() {
		assertThat(MarkdownTable.ofMoments(report("17.0.1", figure("first", 1)))).isEqualTo("""
				| row | JDK 17.0.1 |
				|---|---|
				| first | measured on 17.0.1 (0.5) |
				""");
	}

	@Test
	void tableWhenGoalIsMissedSaysSo() {
		Figure missed = new Figure("row", "slow", 3, Unit.MICROS, new Comparison("floor", 1, 3), Goal.ratioAtMost(2.5),
				new Spread(2.9, 3.1));
		Figure met = new Figure("row", "fast", 2, Unit.MICROS, new Comparison("floor", 1, 2), Goal.ratioAtMost(2.5),
				null);
		assertThat(MarkdownTable.of(report("17.0.1", missed, met))).isEqualTo("""
				| row | what | compared with | goal | JDK 17.0.1 |
				|---|---|---|---|---|
				| row | slow | floor | <= 2.50 x | 3 us / 1 us = 3 x (2.90 to 3.10) **missed** |
				| row | fast | floor | <= 2.50 x | 2 us / 1 us = 2 x |
				""");
	}

	private static Figure figure(String row, double value) {
		return new Figure(row, "what", value, Unit.MICROS, null, null, null);
	}

	private static Report report(String jdk, Figure... figures) {
		return report(new Machine("processor", 2, 1024, "Linux"), jdk, figures);
	}

	private static Report report(Machine machine, String jdk, Figure... figures) {
		Map<String, Moment> moments = Arrays.stream(figures)
			.collect(Collectors.toMap(Figure::row, (figure) -> moment(jdk), (one, other) -> one));
		return new Report(machine, List.of(new Run(jdk, Arrays.asList(figures), moments)));
	}

	private static Moment moment(String jdk) {
		return new Moment("measured on " + jdk, 0.5);
	}

}
