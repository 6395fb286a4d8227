package dev.offload.benchmarks;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.offload.benchmarks.figure.Figure;
import dev.offload.benchmarks.row.Row;
import dev.offload.benchmarks.row.RowMain;
import dev.offload.benchmarks.run.JavaCommand;

/**
 * Runs one row in a JVM of its own.
 *
 * @param jdk the home of the JDK
 * @param row the row
 */
record RowProcess(Path jdk, Row row) {

	/** Without a provider SLF4J says so, and it is meant. */
	private static final List<String> JVM_OPTIONS = List.of("-Xmx3g", "-Dslf4j.internal.verbosity=ERROR");

	List<Figure> measure(double seconds) throws IOException, InterruptedException {
		Path file = Files.createTempFile("figures", ".bin");
		try {
			Process process = JavaCommand
				.of(this.jdk, this.row.classPath(), RowMain.class, JVM_OPTIONS,
						List.of(this.row.name(), String.valueOf(seconds), file.toString()))
				.inheritIO()
				.start();
			int code = process.waitFor();
			if (code != 0) {
				throw new IOException("its JVM ended with code " + code);
			}
			return read(file);
		}
		finally {
			Files.delete(file);
		}
	}

	private static List<Figure> read(Path file) throws IOException {
		try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
			List<Figure> figures = new ArrayList<>();
			for (Object figure : (List<?>) in.readObject()) {
				figures.add((Figure) figure);
			}
			return figures;
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
