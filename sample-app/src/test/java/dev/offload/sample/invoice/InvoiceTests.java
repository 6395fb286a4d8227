package dev.offload.sample.invoice;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link Invoice}.
 */
class InvoiceTests {

	private final Invoice invoice = invoice(line(1, 3, "1.15", 19), line(2, 2, "0.99", 19), line(3, 1, "10.00", 7));

	@Test
	void vatRoundsTheSumOfEachRate() {
		// 19 % of 5.43 is 1.0317.
		assertThat(this.invoice.vat()).containsExactly(entry(7, new BigDecimal("0.70")),
				entry(19, new BigDecimal("1.03")));
	}

	@Test
	void totalIsNetAndVat() {
		assertThat(this.invoice.net()).isEqualTo("15.43");
		assertThat(this.invoice.total()).isEqualTo("17.16");
	}

	@Test
	void totalWithoutLinesIsZero() {
		assertThat(invoice().total()).isEqualTo("0.00");
	}

	private static InvoiceLine line(int position, int quantity, String price, int vat) {
		return new InvoiceLine(position, "Item", quantity, "pcs", new BigDecimal(price), vat);
	}

	private static Invoice invoice(InvoiceLine... lines) {
		return new Invoice("INV-1", new Customer(1, "A", "B", "C", "D"), LocalDate.of(2026, 1, 1),
				LocalDate.of(2026, 1, 31), List.of(lines));
	}

}
