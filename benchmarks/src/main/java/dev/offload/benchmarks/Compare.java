package dev.offload.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.FigureTable;
import dev.offload.benchmarks.report.Machine;
import dev.offload.benchmarks.report.Moment;
import dev.offload.benchmarks.report.PerformanceDocument;
import dev.offload.benchmarks.report.Report;
import dev.offload.benchmarks.report.ReportFiles;
import dev.offload.benchmarks.report.Run;
import dev.offload.benchmarks.row.Row;
import dev.offload.benchmarks.row.Rows;

/**
 * Runs the comparison: each row in a JVM of its own, on each JDK.
 */
public final class Compare {

	private Compare() {
	}

	/**
	 * Runs it and prints the figures.
	 * @param arguments none; the system properties {@code compare.jdks},
	 * {@code compare.rows}, {@code compare.seconds}, {@code compare.output} and
	 * {@code compare.update} say what is measured
	 * @throws Exception if a row could not be measured
	 */
	public static void main(String[] arguments) throws Exception {
		Options options = Options.ofProperties();
		List<String> failed = new ArrayList<>();
		for (Path jdk : options.jdks()) {
			List<Figure> figures = measure(jdk, options, failed);
			System.out.println("\nJDK " + version(jdk));
			FigureTable.print(figures, System.out);
		}
		System.out.println("\nWritten to " + options.output());
		if (options.documents() != null) {
			System.out.println("Written to " + options.documents() + " and the document beside it");
		}
		failed.forEach((row) -> System.err.println("Could not be measured: " + row));
		System.exit(failed.isEmpty() ? 0 : 1);
	}

	private static List<Figure> measure(Path jdk, Options options, List<String> failed)
			throws IOException, InterruptedException {
		List<Figure> figures = new ArrayList<>();
		for (Row row : options.rows()) {
			System.out.println("Measuring " + row.name());
			Moment moment = Moment.now();
			try {
				List<Figure> measured = new RowProcess(jdk, row).measure(options.seconds());
				figures.addAll(measured);
				// At once, for what comes may be cut off.
				write(options, new Run(version(jdk), measured, Map.of(row.name(), moment)));
			}
			catch (IOException ex) {
				failed.add(row.name() + " on " + jdk + ": " + ex.getMessage());
			}
		}
		return figures;
	}

	// The documents get nothing but what was measured now.
	private static void write(Options options, Run run) throws IOException {
		Report report = new Report(Machine.current(), List.of(run));
		ReportFiles.write(options.output(), report, order());
		if (options.documents() != null) {
			ReportFiles.write(options.documents(), report, order());
			PerformanceDocument.update(options.documents());
		}
	}

	private static List<String> order() {
		return Rows.all().stream().map(Row::name).toList();
	}

	private static String version(Path jdk) throws IOException {
		return Files.readAllLines(jdk.resolve("release"))
			.stream()
			.filter((line) -> line.startsWith("JAVA_VERSION="))
			.map((line) -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
			.findFirst()
			.orElseThrow(() -> new IOException("No version in " + jdk.resolve("release")));
	}

}
