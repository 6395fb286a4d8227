package dev.offload.benchmarks.row;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An object such as applications have: records in a list, with numbers, dates and texts.
 *
 * @param number its number
 * @param date its day
 * @param customer whose it is
 * @param lines what was sold
 * @param notes what else is said of it
 */
public record Invoice(String number, LocalDate date, Customer customer, List<Line> lines,
		Map<String, String> notes) implements Serializable {

	/**
	 * Makes one.
	 * @param count how many lines it has
	 * @return the invoice
	 */
	public static Invoice ofLines(int count) {
		List<Line> lines = IntStream.range(0, count)
			.mapToObj((i) -> new Line(i + 1, "Article number " + i, i % 7 + 1, BigDecimal.valueOf(1999 + i * 31L, 2),
					Vat.values()[i % Vat.values().length]))
			.toList();
		return new Invoice("INV-2026-0042", LocalDate.of(2026, 11, 21),
				new Customer(42, "Acme", List.of("1 Paper Street", "00100 Port Umbra")), lines,
				Map.of("delivery", "by the back door", "terms", "30 days"));
	}

	/**
	 * A customer.
	 *
	 * @param number the number
	 * @param name the name
	 * @param address the lines of the address
	 */
	public record Customer(long number, String name, List<String> address) implements Serializable {

	}

	/**
	 * A line.
	 *
	 * @param position where it stands
	 * @param text what was sold
	 * @param quantity how many
	 * @param price the price of one
	 * @param vat the rate of the tax
	 */
	public record Line(int position, String text, int quantity, BigDecimal price, Vat vat) implements Serializable {

	}

	/**
	 * A rate of tax.
	 */
	public enum Vat {

		/** The usual one. */
		STANDARD,

		/** The lower one. */
		REDUCED,

		/** None. */
		ZERO

	}

}
