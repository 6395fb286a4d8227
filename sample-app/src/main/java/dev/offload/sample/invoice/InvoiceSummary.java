package dev.offload.sample.invoice;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * An invoice in a list.
 *
 * @param number the number, such as {@code INV-2026-0001}
 * @param customer the name of the customer
 * @param issued the date of the invoice
 * @param lines how many lines it has
 * @param total what is to be paid
 * @param currency the currency of the total
 */
public record InvoiceSummary(String number, String customer, LocalDate issued, int lines, BigDecimal total,
		String currency) {
}
