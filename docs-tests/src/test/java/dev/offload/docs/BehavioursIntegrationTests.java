package dev.offload.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/behaviours.md} has each case once, and that the tests it names
 * have run: all modules must have been built before.
 */
class BehavioursIntegrationTests {

	/**
	 * What has no meaning here says so, and why, where another case says how it is read.
	 */
	private static final Pattern NOT_HERE = Pattern.compile("^\\| ([A-Z]\\d\\d) [^|]+ \\| Not here: [^|]+ \\| \\|$",
			Pattern.MULTILINE);

	private static final Path ROOT = ProjectRoot.find();

	private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]\\d\\d) [^|]+ \\|[^|]*\\| ?([^|]*)\\|$",
			Pattern.MULTILINE);

	private static TestedCases cases;

	@BeforeAll
	static void readCases() throws IOException {
		cases = TestedCases.read(ROOT.resolve("docs/behaviours.md"), ROW);
	}

	@Test
	void documentHasEachCaseOnce() {
		assertThat(cases.names()).containsExactlyElementsOf(Stream
			.of(numbered("G%02d", 1, 56), numbered("F%02d", 1, 64), numbered("A%02d", 1, 33), numbered("X%02d", 10, 30))
			.flatMap(Function.identity())
			.toList());
	}

	private static Stream<String> numbered(String form, int first, int last) {
		return IntStream.rangeClosed(first, last).mapToObj(form::formatted);
	}

	@Test
	void eachCaseHasATestOrAReason() throws IOException {
		List<String> withReason = NOT_HERE.matcher(Files.readString(ROOT.resolve("docs/behaviours.md")))
			.results()
			.map((row) -> row.group(1))
			.toList();
		assertThat(cases.untested()).containsExactlyElementsOf(withReason);
	}

	@Test
	void testsThatAreNamedHaveRunAndPassed() throws IOException {
		assertThat(cases.wrong(TestReports.read(ROOT)))
			.as("Tests named in docs/behaviours.md that did not run, or failed; ./mvnw verify at the "
					+ "root runs all of them before this one")
			.isEmpty();
	}

}
