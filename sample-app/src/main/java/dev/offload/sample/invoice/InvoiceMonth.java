package dev.offload.sample.invoice;

import java.time.YearMonth;

/**
 * A month with invoices.
 *
 * @param month the month
 * @param invoices how many were issued in it
 */
public record InvoiceMonth(YearMonth month, int invoices) {
}
