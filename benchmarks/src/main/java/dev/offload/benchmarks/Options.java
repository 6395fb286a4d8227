package dev.offload.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.benchmarks.row.Row;
import dev.offload.benchmarks.row.Rows;

/**
 * What is to be measured.
 *
 * @param jdks the homes of the JDKs
 * @param rows the rows
 * @param seconds for how long each row measures
 * @param output the directory for the files
 * @param documents where to write the files too, or {@code null}
 */
record Options(List<Path> jdks, List<Row> rows, double seconds, Path output, @Nullable Path documents) {

	static Options ofProperties() {
		String jdks = System.getProperty("compare.jdks", System.getProperty("java.home"));
		String output = System.getProperty("compare.output", "benchmarks/target/performance");
		boolean update = !System.getProperty("compare.update", "no").equals("no");
		return new Options(Arrays.stream(jdks.split(",")).map(Path::of).toList(),
				Rows.select(System.getProperty("compare.rows", "all")),
				Double.parseDouble(System.getProperty("compare.seconds", "8")), Path.of(output).toAbsolutePath(),
				update ? Path.of("docs/performance").toAbsolutePath() : null);
	}

}
