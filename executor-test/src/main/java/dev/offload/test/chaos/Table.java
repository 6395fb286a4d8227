package dev.offload.test.chaos;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of words in columns.
 */
final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	Table(List<String> heads) {
		this.rows.add(heads);
	}

	void add(List<String> row) {
		this.rows.add(row);
	}

	void print(PrintStream out) {
		for (List<String> row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < row.size(); i++) {
				line.append((i > 0) ? " | " : "").append(row.get(i)).append(" ".repeat(width(i) - row.get(i).length()));
			}
			out.println(line.toString().stripTrailing());
		}
	}

	private int width(int column) {
		return this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0);
	}

}
