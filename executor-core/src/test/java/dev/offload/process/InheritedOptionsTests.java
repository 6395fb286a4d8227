package dev.offload.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offload.WorkerContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documentation says of inherited options is what happens.
 */
class InheritedOptionsTests {

	private static final Path PAGE = Path.of("..", "docs", "workers.md");

	private static final Pattern OPTION = Pattern.compile("`(-[^`]+)`");

	@ParameterizedTest
	@MethodSource("rows")
	void optionIsInheritedAsTheTableSays(String option, boolean withBeans, boolean without) {
		assertThat(isInherited(option, WorkerContext.APPLICATION)).isEqualTo(withBeans);
		assertThat(isInherited(option, WorkerContext.SOURCES)).isEqualTo(withBeans);
		assertThat(isInherited(option, WorkerContext.NONE)).isEqualTo(without);
	}

	@Test
	void allThatIsKnownIsInTheTable() {
		List<String> options = rows().map((row) -> (String) row.get()[0]).toList();
		assertThat(JvmOptions.known())
			.allSatisfy((known) -> assertThat(options).anyMatch((option) -> option.startsWith(known)));
	}

	private static boolean isInherited(String option, WorkerContext context) {
		return JvmOptions.inherit(List.of(option), context).contains(option);
	}

	static Stream<Arguments> rows() {
		return lines().dropWhile((line) -> !line.equals("### What it inherits"))
			.dropWhile((line) -> !line.startsWith("|---"))
			.skip(1)
			.takeWhile((line) -> line.startsWith("|"))
			.flatMap(InheritedOptionsTests::row);
	}

	private static Stream<Arguments> row(String line) {
		String[] columns = line.split(" \\| ", -1);
		return OPTION.matcher(columns[0])
			.results()
			.map((MatchResult found) -> Arguments.of(found.group(1), yes(columns[1]), yes(columns[2])));
	}

	private static boolean yes(String word) {
		assertThat(word).isIn("yes", "no");
		return word.equals("yes");
	}

	private static Stream<String> lines() {
		try {
			return Files.readAllLines(PAGE).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
