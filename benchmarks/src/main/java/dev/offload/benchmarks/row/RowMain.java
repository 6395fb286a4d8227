package dev.offload.benchmarks.row;

import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/**
 * The JVM of one row.
 */
public final class RowMain {

	private RowMain() {
	}

	/**
	 * Measures one row and writes its figures to a file.
	 * @param arguments the name of the row, for how many seconds it measures, and the
	 * file
	 * @throws Exception if it could not be measured
	 */
	public static void main(String[] arguments) throws Exception {
		Row row = Rows.select(arguments[0]).get(0);
		Sheet sheet = new Sheet(row.name(), Duration.ofMillis(Math.round(Double.parseDouble(arguments[1]) * 1000)));
		row.measure(sheet);
		try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
			out.writeObject(new ArrayList<>(sheet.figures()));
		}
		System.exit(0);
	}

}
