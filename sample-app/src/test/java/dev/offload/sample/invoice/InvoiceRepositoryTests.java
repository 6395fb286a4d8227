package dev.offload.sample.invoice;

import java.math.BigDecimal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InvoiceRepository} and {@link InvoiceSeeder}.
 */
class InvoiceRepositoryTests {

	private final EmbeddedDatabase database = new EmbeddedDatabaseBuilder().generateUniqueName(true)
		.setType(EmbeddedDatabaseType.H2)
		.addScript("schema.sql")
		.build();

	private final InvoiceSeeder seeder = new InvoiceSeeder(new JdbcTemplate(this.database),
			new TransactionTemplate(new DataSourceTransactionManager(this.database)));

	private final InvoiceRepository repository = new InvoiceRepository(JdbcClient.create(this.database));

	@BeforeEach
	void seed() {
		this.seeder.afterSingletonsInstantiated();
	}

	@AfterEach
	void close() {
		this.database.shutdown();
	}

	@Test
	void findReturnsWhatWasStored() {
		Invoice shipped = ShippedInvoices.all().get(41);
		assertThat(this.repository.find(shipped.number())).contains(shipped);
	}

	@Test
	void findWhenThereIsNoneReturnsEmpty() {
		assertThat(this.repository.find("INV-0000-0000")).isEmpty();
	}

	@Test
	void findSummariesReturnsTheTotalsOfTheInvoices() {
		assertThat(this.repository.findSummaries()).hasSize(ShippedInvoices.COUNT).allSatisfy((summary) -> {
			Invoice invoice = this.repository.find(summary.number()).orElseThrow();
			assertThat(summary.total()).isEqualByComparingTo(invoice.total());
			assertThat(summary.lines()).isEqualTo(invoice.lines().size());
			assertThat(summary.customer()).isEqualTo(invoice.customer().name());
		});
	}

	@Test
	void seedWhenThereAreInvoicesAddsNone() {
		BigDecimal before = sum();
		this.seeder.afterSingletonsInstantiated();
		assertThat(sum()).isEqualTo(before);
	}

	private BigDecimal sum() {
		return this.repository.findSummaries()
			.stream()
			.map(InvoiceSummary::total)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
	}

}
