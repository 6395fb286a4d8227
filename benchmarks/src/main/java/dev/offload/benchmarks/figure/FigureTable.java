package dev.offload.benchmarks.figure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures in columns.
 */
public final class FigureTable {

	private static final List<String> HEADS = List.of("row", "what", "value", "compared with", "ratio",
			"half of the rounds", "goal", "");

	private FigureTable() {
	}

	/**
	 * Prints them.
	 * @param figures the figures
	 * @param out where to
	 */
	public static void print(List<Figure> figures, PrintStream out) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(HEADS);
		figures.forEach((figure) -> rows.add(cells(figure)));
		for (List<String> row : rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < row.size(); i++) {
				String padding = " ".repeat(width(rows, i) - row.get(i).length());
				line.append((i > 0) ? " | " : "").append(row.get(i)).append(padding);
			}
			out.println(line.toString().stripTrailing());
		}
	}

	private static List<String> cells(Figure figure) {
		return List.of(figure.row(), figure.what(), figure.unit().text(figure.value()), figure.comparisonText(),
				figure.ratioText(), figure.spreadText(), figure.goalText(), figure.verdictText());
	}

	private static int width(List<List<String>> rows, int column) {
		return rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0);
	}

}
