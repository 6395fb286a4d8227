package dev.offload.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The page {@code performance.md}, of which the table of figures is written by the
 * comparison.
 */
public final class PerformanceDocument {

	private static final String BEGIN = "<!-- figures -->\n";

	private static final String END = "<!-- end of figures -->";

	private PerformanceDocument() {
	}

	/**
	 * Puts the figures of a directory into the page beside that directory.
	 * @param directory the directory, such as {@code docs/performance}
	 * @throws IOException if the page is not there, or has no place for them
	 */
	public static void update(Path directory) throws IOException {
		Path page = page(directory);
		String text = Files.readString(page);
		String before = text.substring(0, begin(text));
		Files.writeString(page, before + expected(directory) + text.substring(text.indexOf(END)));
	}

	/**
	 * The figures in the page beside a directory.
	 * @param directory the directory
	 * @return the table as it is there
	 * @throws IOException if the page is not there, or has no place for them
	 */
	public static String actual(Path directory) throws IOException {
		String text = Files.readString(page(directory));
		return text.substring(begin(text), text.indexOf(END));
	}

	/**
	 * The figures of a directory.
	 * @param directory the directory
	 * @return the table as it should be in the page
	 * @throws IOException if there are no figures
	 */
	public static String expected(Path directory) throws IOException {
		Report report = ReportFiles.read(directory);
		Machine machine = report.machine();
		return "Measured on %d processors (%s) with %,d MiB of memory, %s.\n\n".formatted(machine.processors(),
				machine.processor(), machine.memoryMebibytes(), machine.system()) + MarkdownTable.of(report)
				+ "\nMeasured at (UTC; in brackets the load of the machine in the minute before):\n\n"
				+ MarkdownTable.ofMoments(report);
	}

	private static Path page(Path directory) {
		return directory.resolveSibling(directory.getFileName() + ".md");
	}

	private static int begin(String text) throws IOException {
		int begin = text.indexOf(BEGIN);
		if (begin < 0 || text.indexOf(END) < begin) {
			throw new IOException("The page has no place for figures: no '" + BEGIN.strip() + "' before '" + END + "'");
		}
		return begin + BEGIN.length();
	}

}
