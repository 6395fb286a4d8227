package dev.offload.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of a report: {@code figures.json} and the charts made of it.
 */
public final class ReportFiles {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final String FIGURES = "figures.json";

	private ReportFiles() {
	}

	/**
	 * Reads the figures.
	 * @param directory where they are
	 * @return the report
	 * @throws IOException if the file cannot be read
	 */
	public static Report read(Path directory) throws IOException {
		return JSON.readValue(Files.readString(directory.resolve(FIGURES)), Report.class);
	}

	/**
	 * Writes all files. What is there of other rows and of other JDKs stays.
	 * @param directory where to
	 * @param report what was measured
	 * @param order the names of all rows, in their order
	 * @throws IOException if they cannot be written
	 * @throws IllegalArgumentException if what is there is of another machine
	 */
	public static void write(Path directory, Report report, List<String> order) throws IOException {
		Files.createDirectories(directory);
		Report whole = Files.exists(directory.resolve(FIGURES)) ? read(directory).with(report, order) : report;
		Files.writeString(directory.resolve(FIGURES), JSON.writeValueAsString(whole) + "\n");
		Files.writeString(directory.resolve("round-trip.svg"), Charts.roundTrip(whole).svg());
		Files.writeString(directory.resolve("goals.svg"), Charts.goals(whole).svg());
	}

}
