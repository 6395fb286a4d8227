package dev.offload.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.report.Report;
import dev.offload.benchmarks.report.ReportFiles;
import dev.offload.benchmarks.run.JavaCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the comparison runs from one end to the other. What it measures in so short
 * a time says nothing.
 */
class CompareIntegrationTests {

	private static final String ROWS = "noop,throughput,executors";

	@TempDir
	private Path directory = Path.of("");

	@Test
	@Timeout(120)
	void comparisonPrintsTableAndWritesFiles() throws Exception {
		String printed = compare();
		assertThat(printed.lines()).anyMatch((line) -> line.startsWith("noop ") && line.contains("bare socket"))
			.anyMatch((line) -> line.startsWith("throughput ") && line.contains("/s"))
			.anyMatch((line) -> line.startsWith("executors "));
		Report report = ReportFiles.read(this.directory);
		assertThat(report.runs()).hasSize(1);
		List<Figure> figures = report.runs().get(0).figures();
		assertThat(figures).extracting(Figure::row).contains("noop", "throughput", "executors");
		assertThat(report.runs().get(0).measured()).containsOnlyKeys("noop", "throughput", "executors");
		assertThat(figures).filteredOn((figure) -> figure.row().equals("noop"))
			.allSatisfy((figure) -> assertThat(figure.value()).isPositive());
		assertThat(title("round-trip.svg")).contains("one at a time");
		assertThat(title("goals.svg")).contains("goal is met");
	}

	private String compare() throws IOException, InterruptedException {
		Process process = JavaCommand.of(Path.of(System.getProperty("java.home")),
				System.getProperty("java.class.path"), Compare.class, List.of("-Dcompare.rows=" + ROWS,
						"-Dcompare.seconds=0.1", "-Dcompare.output=" + this.directory, "-XX:TieredStopAtLevel=1"),
				List.of())
			.redirectErrorStream(true)
			.start();
		String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(printed).isZero();
		return printed;
	}

	private String title(String file) throws Exception {
		Document document = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(Files.newInputStream(this.directory.resolve(file)));
		return document.getElementsByTagName("title").item(0).getTextContent();
	}

}
