package dev.offload.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/fault-cases.md} has each case once, and that the tests it names
 * have run: all modules must have been built before.
 */
class FaultCasesIntegrationTests {

	private static final int CASES = 128;

	private static final int OLD_FAILURES = 30;

	private static final Path ROOT = ProjectRoot.find();

	private static final Pattern ROW = Pattern.compile("^\\| (X?\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$",
			Pattern.MULTILINE);

	private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");

	private static List<MatchResult> rows = List.of();

	@BeforeAll
	static void readRows() throws IOException {
		rows = ROW.matcher(Files.readString(ROOT.resolve("docs/fault-cases.md"))).results().toList();
	}

	@Test
	void documentHasEachCaseOnce() {
		assertThat(rows).extracting((row) -> row.group(1))
			.containsExactlyElementsOf(Stream
				.concat(IntStream.rangeClosed(1, CASES).mapToObj(Integer::toString),
						IntStream.rangeClosed(1, OLD_FAILURES).mapToObj("X%02d"::formatted))
				.toList());
	}

	@Test
	void atMostOneCaseInTenHasNoTest() {
		assertThat(rows.stream().filter((row) -> !TEST.matcher(row.group(3)).find()).map((row) -> row.group(1)))
			.hasSizeLessThanOrEqualTo((CASES + OLD_FAILURES) / 10);
	}

	@Test
	void testsThatAreNamedHaveRunAndPassed() throws IOException {
		TestReports reports = TestReports.read(ROOT);
		List<String> wrong = new ArrayList<>();
		for (MatchResult row : rows) {
			List<String> tests = TEST.matcher(row.group(3)).results().map((test) -> test.group(1)).toList();
			for (String test : tests) {
				if (reports.outcomes(test).isEmpty() || reports.outcomes(test).contains("failed")) {
					wrong.add(row.group(1) + ": " + test + " " + reports.outcomes(test));
				}
			}
			if (!tests.isEmpty() && tests.stream().noneMatch((test) -> reports.outcomes(test).contains("passed"))) {
				wrong.add(row.group(1) + ": none of its tests was run and not skipped");
			}
		}
		assertThat(wrong)
			.as("Tests named in docs/fault-cases.md that did not run, or failed; ./mvnw verify at the "
					+ "root runs all of them before this one")
			.isEmpty();
	}

}
