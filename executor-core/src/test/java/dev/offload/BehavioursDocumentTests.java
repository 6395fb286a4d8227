package dev.offload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/behaviours.md} has each case once, and names tests that exist.
 */
class BehavioursDocumentTests {

	private static final Pattern ROW = Pattern.compile("^\\| (G\\d\\d) [^|]+ \\|[^|]*\\| ([^|]+) \\|$",
			Pattern.MULTILINE);

	private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

	private static final int CASES = 43;

	private static final Path ROOT = root();

	private static List<MatchResult> rows = List.of();

	@BeforeAll
	static void readRows() throws IOException {
		rows = ROW.matcher(Files.readString(ROOT.resolve("docs/behaviours.md"))).results().toList();
	}

	/** The tests of one module run in its directory. */
	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (directory != null && !Files.exists(directory.resolve("docs/behaviours.md"))) {
			directory = directory.getParent();
		}
		if (directory == null) {
			throw new IllegalStateException("There is no docs/behaviours.md above " + Path.of("").toAbsolutePath());
		}
		return directory;
	}

	@Test
	void documentHasEachCaseOnce() {
		assertThat(rows).extracting((row) -> row.group(1))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, CASES).mapToObj("G%02d"::formatted).toList());
	}

	@Test
	void documentNamesTestsThatExist() throws IOException {
		List<String> missing = new ArrayList<>();
		for (MatchResult row : rows) {
			List<MatchResult> tests = TEST.matcher(row.group(2)).results().toList();
			assertThat(tests).as(row.group(1)).isNotEmpty();
			for (MatchResult test : tests) {
				if (!exists(test.group(1), test.group(2))) {
					missing.add(row.group(1) + ": " + test.group());
				}
			}
		}
		assertThat(missing).isEmpty();
	}

	// In the class itself, or in the one from which it inherits its tests.
	private static boolean exists(String type, String method) throws IOException {
		List<Path> sources = sources(type);
		assertThat(sources).as(type).hasSizeLessThan(2);
		if (sources.isEmpty()) {
			return false;
		}
		String source = Files.readString(sources.get(0));
		// A body has a semicolon, so the annotation is that of the method.
		if (Pattern.compile("@\\w*Test\\b[^;]*\\bvoid " + method + "\\(").matcher(source).find()) {
			return true;
		}
		Matcher parent = Pattern.compile("class " + type + " extends (\\w+)").matcher(source);
		return parent.find() && exists(parent.group(1), method);
	}

	private static List<Path> sources(String type) throws IOException {
		try (Stream<Path> modules = Files.list(ROOT)) {
			return modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.flatMap(BehavioursDocumentTests::filesBelow)
				.filter((file) -> file.getFileName().toString().equals(type + ".java"))
				.toList();
		}
	}

	private static Stream<Path> filesBelow(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
