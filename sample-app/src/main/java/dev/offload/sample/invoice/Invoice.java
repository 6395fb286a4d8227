package dev.offload.sample.invoice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An invoice. All amounts are in euro.
 *
 * @param number the number, such as {@code INV-2026-0001}
 * @param customer who is invoiced
 * @param issued the date of the invoice
 * @param due the date by which it is to be paid
 * @param lines what was delivered
 */
public record Invoice(String number, Customer customer, LocalDate issued, LocalDate due, List<InvoiceLine> lines) {

	public Invoice {
		lines = List.copyOf(lines);
	}

	/**
	 * The sum of the lines, without VAT.
	 * @return euro, with two decimals
	 */
	public BigDecimal net() {
		return this.lines.stream().map(InvoiceLine::amount).reduce(new BigDecimal("0.00"), BigDecimal::add);
	}

	/**
	 * The VAT for each rate, rounded once for each.
	 * @return the rate in percent, and the VAT in euro with two decimals
	 */
	public SortedMap<Integer, BigDecimal> vat() {
		SortedMap<Integer, BigDecimal> net = new TreeMap<>();
		this.lines.forEach((line) -> net.merge(line.vatPercent(), line.amount(), BigDecimal::add));
		net.replaceAll(
				(percent, amount) -> amount.multiply(BigDecimal.valueOf(percent, 2)).setScale(2, RoundingMode.HALF_UP));
		return net;
	}

	/**
	 * What is to be paid.
	 * @return euro, with two decimals
	 */
	public BigDecimal total() {
		return vat().values().stream().reduce(net(), BigDecimal::add);
	}

}
