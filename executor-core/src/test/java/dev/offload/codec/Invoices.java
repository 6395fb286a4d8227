package dev.offload.codec;

import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An application that knows nothing of us.
 */
final class Invoices {

	private Invoices() {
	}

	static String render(Invoice invoice, int copies) {
		return invoice.number + " x" + copies;
	}

	static Object anything(Object first, Object second) {
		return first;
	}

	static class Customer implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		final List<Line> lines = new ArrayList<>();

		Object[] attachments = {};

		Map<String, Object> notes = Map.of();

	}

	static class Invoice implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		String number = "2024-1";

		Customer customer = new Customer();

		Invoice previous;

		transient Object cache = new Lock();

	}

	record Line(BigDecimal price, Object lock) implements Serializable {
	}

	static class Lock {

	}

	static class Printer implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		int pages = 3;

		String print(Invoice invoice) {
			return invoice.number + ":" + this.pages;
		}

	}

}
