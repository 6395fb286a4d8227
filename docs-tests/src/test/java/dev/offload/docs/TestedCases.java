package dev.offload.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The cases of a document, and the tests that it names for each of them.
 *
 * @param names the names of the cases, in the order of the document
 * @param tests the tests of each case, as {@code Class#method}
 */
record TestedCases(List<String> names, Map<String, List<String>> tests) {

	private static final Pattern TEST = Pattern.compile("`(\\w+#\\w+)`");

	/**
	 * Reads them.
	 * @param file the document
	 * @param row what a row of its table looks like; its first group is the name of the
	 * case, the second holds the tests
	 * @return the cases
	 * @throws IOException if there is no such document
	 */
	static TestedCases read(Path file, Pattern row) throws IOException {
		List<String> names = new ArrayList<>();
		Map<String, List<String>> tests = new LinkedHashMap<>();
		for (MatchResult found : row.matcher(Files.readString(file)).results().toList()) {
			names.add(found.group(1));
			tests.put(found.group(1), TEST.matcher(found.group(2)).results().map((test) -> test.group(1)).toList());
		}
		return new TestedCases(names, tests);
	}

	List<String> untested() {
		return this.names.stream().filter((name) -> this.tests.getOrDefault(name, List.of()).isEmpty()).toList();
	}

	// What is wrong with the tests that are named.
	List<String> wrong(TestReports reports) {
		List<String> wrong = new ArrayList<>();
		this.tests.forEach((name, named) -> {
			named.stream()
				.filter((test) -> reports.outcomes(test).isEmpty() || reports.outcomes(test).contains("failed"))
				.forEach((test) -> wrong.add(name + ": " + test + " " + reports.outcomes(test)));
			if (!named.isEmpty() && named.stream().noneMatch((test) -> reports.outcomes(test).contains("passed"))) {
				wrong.add(name + ": none of its tests was run and not skipped");
			}
		});
		return wrong;
	}

}
