package dev.offload.sample.invoice;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads invoices from the database. The service and the workers each have their own, on
 * the same database.
 */
@Repository
public class InvoiceRepository {

	private static final String SUMMARIES = """
			select i.number, c.name as customer, i.issued, sum(v.lines) as lines,
			       sum(v.net + round(v.net * v.vat_percent / 100, 2)) as total
			from invoice i
			join customer c on c.id = i.customer_id
			join (select invoice_number, vat_percent, count(*) as lines, sum(quantity * unit_price) as net
			      from invoice_line group by invoice_number, vat_percent) v on v.invoice_number = i.number
			group by i.number, c.name, i.issued
			order by i.number
			""";

	private static final String HEAD = """
			select i.number, i.issued, i.due, c.id, c.name, c.street, c.city, c.country
			from invoice i join customer c on c.id = i.customer_id
			where i.number = :number
			""";

	private static final String LINES = """
			select position, item, quantity, unit, unit_price, vat_percent
			from invoice_line where invoice_number = :number order by position
			""";

	private static final String MONTHS = """
			select extract(year from issued) as y, extract(month from issued) as m, count(*) as invoices
			from invoice group by y, m order by y, m
			""";

	private static final String NUMBERS = """
			select number from invoice where issued >= :first and issued < :next order by number
			""";

	private final JdbcClient jdbc;

	InvoiceRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Lists all invoices by number.
	 * @return the list
	 */
	public List<InvoiceSummary> findSummaries() {
		return this.jdbc.sql(SUMMARIES)
			.query((row, index) -> new InvoiceSummary(row.getString("number"), row.getString("customer"),
					row.getDate("issued").toLocalDate(), row.getInt("lines"), row.getBigDecimal("total"), "EUR"))
			.list();
	}

	/**
	 * Lists the months that have invoices.
	 * @return the list, by month
	 */
	public List<InvoiceMonth> findMonths() {
		return this.jdbc.sql(MONTHS)
			.query((row, index) -> new InvoiceMonth(YearMonth.of(row.getInt("y"), row.getInt("m")),
					row.getInt("invoices")))
			.list();
	}

	/**
	 * Lists the invoices of a month.
	 * @param month the month
	 * @return their numbers
	 */
	public List<String> findNumbers(YearMonth month) {
		return this.jdbc.sql(NUMBERS)
			.param("first", month.atDay(1))
			.param("next", month.plusMonths(1).atDay(1))
			.query((row, index) -> row.getString("number"))
			.list();
	}

	/**
	 * Finds one invoice.
	 * @param number its number
	 * @return the invoice with its lines, or empty
	 */
	@Transactional(readOnly = true)
	public Optional<Invoice> find(String number) {
		return this.jdbc.sql(HEAD)
			.param("number", number)
			.query((row, index) -> new Invoice(row.getString("number"),
					new Customer(row.getLong("id"), row.getString("name"), row.getString("street"),
							row.getString("city"), row.getString("country")),
					row.getDate("issued").toLocalDate(), row.getDate("due").toLocalDate(), findLines(number)))
			.optional();
	}

	private List<InvoiceLine> findLines(String number) {
		return this.jdbc.sql(LINES)
			.param("number", number)
			.query((row, index) -> new InvoiceLine(row.getInt("position"), row.getString("item"),
					row.getInt("quantity"), row.getString("unit"), row.getBigDecimal("unit_price"),
					row.getInt("vat_percent")))
			.list();
	}

}
