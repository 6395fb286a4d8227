package dev.offload.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.offload.benchmarks.figure.Comparison;
import dev.offload.benchmarks.figure.Figure;

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

	private static String line(Map<String, Figure> figures, List<String> jdks) {
		Figure any = figures.values().iterator().next();
		Comparison comparison = any.comparison();
		String cells = jdks.stream()
			.map((jdk) -> figures.containsKey(jdk) ? cell(figures.get(jdk)) : "")
			.collect(Collectors.joining(" | "));
		return "| " + String.join(" | ", any.row(), any.what(), (comparison != null) ? comparison.with() : "",
				any.goalText(), cells) + " |\n";
	}

	private static String cell(Figure figure) {
		Comparison comparison = figure.comparison();
		String value = figure.unit().text(figure.value());
		if (comparison != null) {
			value += " / " + figure.unit().text(comparison.value()) + " = " + figure.ratioText();
		}
		return Boolean.FALSE.equals(figure.met()) ? value + " **missed**" : value;
	}

}
