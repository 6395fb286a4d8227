package dev.offload.docs;

import java.io.IOException;
import java.nio.file.Path;
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

	private static final int CASES = 137;

	private static final int OLD_FAILURES = 30;

	private static final Path ROOT = ProjectRoot.find();

	private static final Pattern ROW = Pattern.compile("^\\| (X?\\d+) \\| [^|]+ \\| ([^|]+) \\| [^|]+ \\|$",
			Pattern.MULTILINE);

	private static TestedCases cases;

	@BeforeAll
	static void readCases() throws IOException {
		cases = TestedCases.read(ROOT.resolve("docs/fault-cases.md"), ROW);
	}

	@Test
	void documentHasEachCaseOnce() {
		assertThat(cases.names()).containsExactlyElementsOf(
				Stream
					.concat(IntStream.rangeClosed(1, CASES).mapToObj(Integer::toString),
							IntStream.rangeClosed(1, OLD_FAILURES).mapToObj("X%02d"::formatted))
					.toList());
	}

	@Test
	void atMostOneCaseInTenHasNoTest() {
		assertThat(cases.untested()).hasSizeLessThanOrEqualTo((CASES + OLD_FAILURES) / 10);
	}

	@Test
	void testsThatAreNamedHaveRunAndPassed() throws IOException {
		assertThat(cases.wrong(TestReports.read(ROOT)))
			.as("Tests named in docs/fault-cases.md that did not run, or failed; ./mvnw verify at the "
					+ "root runs all of them before this one")
			.isEmpty();
	}

}
