package dev.offload.invoices;

import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.offload.Task;

/**
 * What tests send.
 */
final class Samples {

	private Samples() {
	}

	static Invoice invoice(int lines) {
		List<Line> all = new ArrayList<>();
		for (int i = 0; i < lines; i++) {
			all.add(new Line(i, "article " + i, new BigDecimal(i).movePointLeft(2), LocalDate.of(2026, 1, 1 + i % 28),
					(i % 2 == 0) ? new Paid(i) : new Open("later"), List.of("a", "b")));
		}
		return new Invoice("2026-1", State.SENT, all, Map.of("7%", BigDecimal.ONE));
	}

	static Object anything(Object value) {
		return value;
	}

	static String number(PlainInvoice invoice) {
		return invoice.number();
	}

	/**
	 * Constants, one of a class of its own.
	 */
	enum State {

		OPEN, SENT {
			@Override
			boolean isOut() {
				return true;
			}
		};

		boolean isOut() {
			return false;
		}

		Task<String> describe() {
			return () -> "" + this;
		}

	}

	/**
	 * A sealed type.
	 */
	sealed interface Payment extends Serializable permits Paid, Open {

	}

	record Paid(long cents) implements Payment {
	}

	record Open(String reason) implements Payment {
	}

	record Line(int number, String article, BigDecimal price, LocalDate date, Payment payment,
			List<String> tags) implements Serializable {
	}

	record Invoice(String number, State state, List<Line> lines,
			Map<String, BigDecimal> taxes) implements Serializable {
	}

	record Priced(@Nullable State state, @Nullable BigDecimal price) implements Serializable {
	}

	/**
	 * Extends a class of which most have that one.
	 */
	static final class Money extends BigDecimal {

		@Serial
		private static final long serialVersionUID = 1L;

		Money(String amount) {
			super(amount);
		}

	}

	record Pair<A, B>(A first, B second) implements Serializable {
	}

	/**
	 * Holds others like it.
	 */
	static class Node implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		final String name;

		@Nullable Node next;

		transient int computed = 7;

		Node(String name) {
			this.name = name;
		}

	}

	/**
	 * Says how it is serialized.
	 */
	static final class Temperature implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private final transient double kelvin;

		Temperature(double kelvin) {
			this.kelvin = kelvin;
		}

		double kelvin() {
			return this.kelvin;
		}

		@Serial
		private Object writeReplace() {
			return new Celsius(this.kelvin - 273.15);
		}

	}

	record Celsius(double degrees) implements Serializable {

		@Serial
		private Object readResolve() {
			return new Temperature(this.degrees + 273.15);
		}

	}

	/**
	 * A failure, as applications have them, that makes a task.
	 */
	static final class RejectedInvoice extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		final String number;

		RejectedInvoice(String number) {
			super("rejected " + number);
			this.number = number;
		}

		Task<String> retry() {
			String again = this.number;
			return () -> again + " again";
		}

	}

	/**
	 * Not serializable, and without a constructor that takes nothing.
	 */
	static final class PlainInvoice {

		private final String number;

		private final List<PlainLine> lines;

		private @Nullable Object extra;

		PlainInvoice(String number, List<PlainLine> lines) {
			if (number.isEmpty()) {
				throw new IllegalArgumentException("number");
			}
			this.number = number;
			this.lines = lines;
		}

		String number() {
			return this.number;
		}

		List<PlainLine> lines() {
			return this.lines;
		}

		@Nullable Object extra() {
			return this.extra;
		}

		PlainInvoice withExtra(@Nullable Object value) {
			this.extra = value;
			return this;
		}

	}

	record PlainLine(String article, int count) {
	}

	record Text(String value) {
	}

}
