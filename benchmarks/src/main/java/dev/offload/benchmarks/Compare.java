package dev.offload.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.FigureTable;
import dev.offload.benchmarks.row.Row;

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
		for (Path jdk : options.jdks()) {
			System.out.println("JDK " + jdk);
			FigureTable.print(measure(jdk, options), System.out);
		}
	}

	private static List<Figure> measure(Path jdk, Options options) throws IOException, InterruptedException {
		List<Figure> figures = new ArrayList<>();
		for (Row row : options.rows()) {
			figures.addAll(new RowProcess(jdk, row).measure(options.seconds()));
		}
		return figures;
	}

}
