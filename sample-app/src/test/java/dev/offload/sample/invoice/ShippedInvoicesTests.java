package dev.offload.sample.invoice;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShippedInvoices}.
 */
class ShippedInvoicesTests {

	@Test
	void allAreAtLeastFiftyOfDifferentLength() {
		assertThat(ShippedInvoices.all()).hasSizeGreaterThanOrEqualTo(50)
			.extracting(Invoice::number)
			.doesNotHaveDuplicates();
		assertThat(ShippedInvoices.all().stream().map((invoice) -> invoice.lines().size()).distinct())
			.hasSizeGreaterThan(30);
	}

	@Test
	void allAreTheSameAtEachCall() {
		assertThat(ShippedInvoices.all()).isEqualTo(ShippedInvoices.all());
	}

	@Test
	void allHaveTheNumbersAndTotalsThatTheyAlwaysHad() {
		Invoice first = ShippedInvoices.all().get(0);
		assertThat(first.number()).isEqualTo("INV-2026-0001");
		assertThat(first.total()).isEqualTo("20188.73");
	}

}
