package dev.offload.sample.invoice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The invoices that come with the sample: the same ones at each call, put together from
 * two short lists of customers and items.
 */
final class ShippedInvoices {

	/**
	 * How many there are.
	 */
	static final int COUNT = 60;

	/**
	 * The fewest lines of one: too many for a single page.
	 */
	private static final int LEAST_LINES = 32;

	private static final int MOST_LINES = 180;

	private static final long SEED = 2026;

	private final List<Customer> customers = new ArrayList<>();

	private final List<String[]> items = readTable("seed/items.txt");

	private final Random random = new Random(SEED);

	private ShippedInvoices() {
		for (String[] row : readTable("seed/customers.txt")) {
			this.customers.add(new Customer(this.customers.size() + 1, row[0], row[1], row[2], row[3]));
		}
	}

	/**
	 * Makes them.
	 * @return the invoices by number
	 */
	static List<Invoice> all() {
		ShippedInvoices shipped = new ShippedInvoices();
		List<Invoice> invoices = new ArrayList<>(COUNT);
		LocalDate issued = LocalDate.of(2026, 1, 5);
		for (int i = 1; i <= COUNT; i++) {
			issued = issued.plusDays(shipped.random.nextInt(8));
			invoices.add(shipped.invoice("INV-2026-%04d".formatted(i), issued));
		}
		return List.copyOf(invoices);
	}

	private Invoice invoice(String number, LocalDate issued) {
		Customer customer = this.customers.get(this.random.nextInt(this.customers.size()));
		int count = LEAST_LINES + this.random.nextInt(MOST_LINES - LEAST_LINES + 1);
		List<InvoiceLine> lines = new ArrayList<>(count);
		for (int position = 1; position <= count; position++) {
			lines.add(line(position));
		}
		return new Invoice(number, customer, issued, issued.plusDays(30), lines);
	}

	private InvoiceLine line(int position) {
		String[] item = this.items.get(this.random.nextInt(this.items.size()));
		int quantity = 1 + this.random.nextInt(24);
		return new InvoiceLine(position, item[0], quantity, item[1], new BigDecimal(item[2]),
				Integer.parseInt(item[3]));
	}

	private static List<String[]> readTable(String resource) {
		try (InputStream in = ShippedInvoices.class.getClassLoader().getResourceAsStream(resource)) {
			if (in == null) {
				throw new IllegalStateException("The resource " + resource + " is missing");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map((line) -> line.split("\\s*\\|\\s*"))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
