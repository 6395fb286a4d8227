package dev.offload.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/behaviours.md} has each case once, and that the tests it names
 * have run: all modules must have been built before.
 */
class BehavioursIntegrationTests {

	private static final int CASES = 56;

	private static final Path ROOT = ProjectRoot.find();

	private static final Pattern ROW = Pattern.compile("^\\| (G\\d\\d) [^|]+ \\|[^|]*\\| ([^|]+) \\|$",
			Pattern.MULTILINE);

	private static TestedCases cases;

	@BeforeAll
	static void readCases() throws IOException {
		cases = TestedCases.read(ROOT.resolve("docs/behaviours.md"), ROW);
	}

	@Test
	void documentHasEachCaseOnce() {
		assertThat(cases.names())
			.containsExactlyElementsOf(IntStream.rangeClosed(1, CASES).mapToObj("G%02d"::formatted).toList());
	}

	@Test
	void eachCaseHasATest() {
		assertThat(cases.untested()).isEmpty();
	}

	@Test
	void testsThatAreNamedHaveRunAndPassed() throws IOException {
		assertThat(cases.wrong(TestReports.read(ROOT)))
			.as("Tests named in docs/behaviours.md that did not run, or failed; ./mvnw verify at the "
					+ "root runs all of them before this one")
			.isEmpty();
	}

}
