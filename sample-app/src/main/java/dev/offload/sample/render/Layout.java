package dev.offload.sample.render;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where things stand on a page of A4, in points, and how values are written.
 */
final class Layout {

	static final float LEFT = 56;

	static final float RIGHT = 539;

	static final float TOP = 786;

	static final float BOTTOM = 84;

	static final float ITEM = LEFT + 26;

	static final float ITEM_WIDTH = 226;

	static final float QUANTITY_RIGHT = 346;

	static final float UNIT = 352;

	static final float PRICE_RIGHT = 436;

	static final float VAT_RIGHT = 472;

	static final float SIZE = 9;

	static final float SMALL = 8;

	static final float LINE_HEIGHT = 12;

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

	private Layout() {
	}

	static String money(BigDecimal amount) {
		return new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ENGLISH)).format(amount);
	}

	static String date(LocalDate date) {
		return DATE.format(date);
	}

}
