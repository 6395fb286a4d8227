package dev.offload.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.report.PerformanceDocument;
import dev.offload.benchmarks.report.ReportFiles;
import dev.offload.benchmarks.report.Run;
import dev.offload.benchmarks.row.Row;
import dev.offload.benchmarks.row.Rows;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/performance.md} says what was measured.
 */
class PerformanceDocumentTests {

	private static final Path DIRECTORY = find();

	@Test
	void tableOfDocumentIsThatOfFigures() throws IOException {
		assertThat(PerformanceDocument.actual(DIRECTORY))
			.as("The table in docs/performance.md, which is written together with the figures; see there how")
			.isEqualTo(PerformanceDocument.expected(DIRECTORY));
	}

	@Test
	void figuresHaveEachRowOnBothJdks() throws IOException {
		assertThat(ReportFiles.read(DIRECTORY).runs()).hasSizeGreaterThanOrEqualTo(2)
			.allSatisfy((run) -> assertThat(run.figures().stream().map(Figure::row).collect(Collectors.toSet()))
				.containsExactlyInAnyOrderElementsOf(Rows.all().stream().map(Row::name).toList()))
			.extracting(Run::feature)
			.startsWith(17);
	}

	private static Path find() {
		Path directory = Path.of("").toAbsolutePath();
		while (directory != null && !Files.exists(directory.resolve("docs/performance.md"))) {
			directory = directory.getParent();
		}
		if (directory == null) {
			throw new IllegalStateException("There is no docs/performance.md above " + Path.of("").toAbsolutePath());
		}
		return directory.resolve("docs/performance");
	}

}
