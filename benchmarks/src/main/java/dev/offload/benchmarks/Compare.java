package dev.offload.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.FigureTable;
import dev.offload.benchmarks.report.Machine;
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
		update(options);
		failed.forEach((row) -> System.err.println("Could not be measured: " + row));
		System.exit(failed.isEmpty() ? 0 : 1);
	}

	private static List<Figure> measure(Path jdk, Options options, List<String> failed) throws InterruptedException {
		List<Figure> figures = new ArrayList<>();
		for (Row row : options.rows()) {
			System.out.println("Measuring " + row.name());
			try {
				List<Figure> measured = new RowProcess(jdk, row).measure(options.seconds());
				figures.addAll(measured);
				// At once, for what comes may be cut off.
				write(options.output(), new Run(version(jdk), measured));
			}
			catch (IOException ex) {
				failed.add(row.name() + " on " + jdk + ": " + ex.getMessage());
			}
		}
		return figures;
	}

	private static void write(Path directory, Run run) throws IOException {
		ReportFiles.write(directory, new Report(Machine.current(), List.of(run)), order());
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

	// The documents get all that is known, also by earlier runs.
	private static void update(Options options) throws IOException {
		System.out.println("\nWritten to " + options.output());
		Path documents = options.documents();
		if (documents != null) {
			ReportFiles.write(documents, ReportFiles.read(options.output()), order());
			PerformanceDocument.update(documents);
			System.out.println("Written to " + documents + " and the document beside it");
		}
	}

}
