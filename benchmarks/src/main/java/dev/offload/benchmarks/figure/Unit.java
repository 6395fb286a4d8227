package dev.offload.benchmarks.figure;

import java.util.Locale;

/**
 * In what a figure is counted.
 */
public enum Unit {

	/** Millionths of a second. */
	MICROS("us"),

	/** Thousandths of a second. */
	MILLIS("ms"),

	/** How many in a second. */
	PER_SECOND("/s"),

	/** Bytes. */
	BYTES("B"),

	/** Millions of bytes, as 1,048,576 bytes. */
	MEBIBYTES("MiB"),

	/** How many. */
	COUNT("");

	private final String symbol;

	Unit(String symbol) {
		this.symbol = symbol;
	}

	/**
	 * The unit as it stands behind a number.
	 * @return the symbol, possibly empty
	 */
	public String symbol() {
		return this.symbol;
	}

	/**
	 * Writes a number with three digits that count, or whole if it is large.
	 * @param value the number
	 * @return the number with the unit
	 */
	public String text(double value) {
		return (number(value) + " " + this.symbol).strip();
	}

	static String number(double value) {
		double size = Math.abs(value);
		String pattern = (size >= 100 || size == Math.rint(size)) ? "%,.0f" : ((size >= 10) ? "%.1f" : "%.2f");
		return String.format(Locale.ROOT, pattern, value);
	}

}
