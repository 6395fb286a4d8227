package dev.offload.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * When a row was measured, and how much else the machine had to do then.
 *
 * @param at the time, such as {@code 2026-11-21 22:50} in UTC
 * @param load how many threads wanted a processor in the minute before, or {@code null}
 * if it is not known
 */
public record Moment(String at, @Nullable Double load) {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
		.withZone(ZoneOffset.UTC);

	/**
	 * The present one.
	 * @return now
	 */
	public static Moment now() {
		return new Moment(FORMAT.format(Instant.now()), currentLoad());
	}

	String text() {
		return this.at + ((this.load != null) ? String.format(Locale.ROOT, " (%.1f)", this.load) : "");
	}

	// Where the system does not tell, nothing is known.
	private static @Nullable Double currentLoad() {
		try {
			String text = Files.readString(Path.of("/proc/loadavg"));
			return Double.valueOf(text.substring(0, text.indexOf(' ')));
		}
		catch (IOException ex) {
			return null;
		}
	}

}
