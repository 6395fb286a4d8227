package dev.offload.sample.invoice;

import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills an empty database with the shipped invoices, before the web server takes
 * requests. It opens the database in the service before any worker can: the process that
 * opens an H2 file first serves it to the others, and a worker may be killed at any time.
 * Workers are no web applications, so none of them has this bean.
 */
@Component
@ConditionalOnWebApplication
class InvoiceSeeder implements SmartInitializingSingleton {

	private static final String INSERT_CUSTOMER = """
			insert into customer (id, name, street, city, country) values (?, ?, ?, ?, ?)
			""";

	private static final String INSERT_INVOICE = """
			insert into invoice (number, customer_id, issued, due) values (?, ?, ?, ?)
			""";

	private static final String INSERT_LINE = """
			insert into invoice_line (invoice_number, position, item, quantity, unit, unit_price, vat_percent)
			values (?, ?, ?, ?, ?, ?, ?)
			""";

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	InvoiceSeeder(JdbcTemplate jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.transaction.executeWithoutResult((status) -> {
			Long count = this.jdbc.queryForObject("select count(*) from invoice", Long.class);
			if (count == null || count == 0) {
				insert(ShippedInvoices.all());
			}
		});
	}

	private void insert(List<Invoice> invoices) {
		Map<Long, Customer> customers = new TreeMap<>();
		invoices.forEach((invoice) -> customers.put(invoice.customer().id(), invoice.customer()));
		this.jdbc.batchUpdate(INSERT_CUSTOMER,
				customers.values()
					.stream()
					.map((customer) -> new Object[] { customer.id(), customer.name(), customer.street(),
							customer.city(), customer.country() })
					.toList());
		this.jdbc.batchUpdate(INSERT_INVOICE,
				invoices.stream()
					.map((invoice) -> new Object[] { invoice.number(), invoice.customer().id(),
							Date.valueOf(invoice.issued()), Date.valueOf(invoice.due()) })
					.toList());
		this.jdbc.batchUpdate(INSERT_LINE,
				invoices.stream()
					.flatMap((invoice) -> invoice.lines()
						.stream()
						.map((line) -> new Object[] { invoice.number(), line.position(), line.item(), line.quantity(),
								line.unit(), line.unitPrice(), line.vatPercent() }))
					.toList());
	}

}
