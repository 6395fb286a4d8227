package dev.offload.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.figure.Verdict;

/**
 * The figures as a table for documents, with a column for each JDK.
 */
public final class MarkdownTable {

	private MarkdownTable() {
	}

	/**
	 * Writes the table.
	 * @param report the figures
	 * @return lines of Markdown
	 */
	public static String of(Report report) {
		List<String> jdks = report.runs().stream().map(Run::jdk).toList();
		StringBuilder table = new StringBuilder("| row | what | compared with | goal |");
		jdks.forEach((jdk) -> table.append(" JDK ").append(jdk).append(" |"));
		table.append("\n|---|---|---|---|").append("---|".repeat(jdks.size())).append('\n');
		Map<String, Map<String, Figure>> lines = new LinkedHashMap<>();
		report.runs()
			.forEach((run) -> run.figures()
				.forEach((figure) -> lines
					.computeIfAbsent(figure.row() + "/" + figure.what(), (name) -> new LinkedHashMap<>())
					.put(run.jdk(), figure)));
		lines.values().forEach((figures) -> table.append(line(figures, jdks)));
		return table.toString();
	}

	/**
	 * Writes a table that says when each row was measured.
	 * @param report the figures
	 * @return lines of Markdown
	 */
	public static String ofMoments(Report report) {
		StringBuilder table = new StringBuilder("| row |");
		report.runs().forEach((run) -> table.append(" JDK ").append(run.jdk()).append(" |"));
		table.append("\n|---|").append("---|".repeat(report.runs().size())).append('\n');
		report.runs()
			.stream()
			.flatMap((run) -> run.figures().stream())
			.map(Figure::row)
			.distinct()
			.forEach((row) -> table.append("| ")
				.append(row)
				.append(" | ")
				.append(report.runs().stream().map((run) -> moment(run, row)).collect(Collectors.joining(" | ")))
				.append(" |\n"));
		return table.toString();
	}

	private static String moment(Run run, String row) {
		Moment moment = run.measured().get(row);
		return (moment != null) ? moment.text() : "";
	}

	private static String line(Map<String, Figure> figures, List<String> jdks) {
		Figure any = figures.values().iterator().next();
		Comparison comparison = any.comparison();
		String cells = jdks.stream()
			.map((jdk) -> figures.containsKey(jdk) ? cell(figures.get(jdk)) : "")
			.collect(Collectors.joining(" | "));
		String goals = figures.values().stream().map(Figure::goalText).distinct().collect(Collectors.joining(", "));
		return "| "
				+ String.join(" | ", any.row(), any.what(), (comparison != null) ? comparison.with() : "", goals, cells)
				+ " |\n";
	}

	private static String cell(Figure figure) {
		Comparison comparison = figure.comparison();
		String value = figure.unit().text(figure.value());
		if (comparison != null) {
			value += " / " + figure.unit().text(comparison.value()) + " = " + figure.ratioText();
		}
		if (figure.spread() != null) {
			value += " (" + figure.spreadText() + ")";
		}
		Verdict verdict = figure.verdict();
		return (verdict == null || verdict == Verdict.MET) ? value : value + " **" + verdict.text() + "**";
	}

}
