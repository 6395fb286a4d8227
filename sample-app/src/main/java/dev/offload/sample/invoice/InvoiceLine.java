package dev.offload.sample.invoice;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One line of an invoice.
 *
 * @param position its place, from 1
 * @param item what was delivered
 * @param quantity how many units
 * @param unit the unit, such as {@code pcs}
 * @param unitPrice the price of one unit in euro, without VAT
 * @param vatPercent the rate of VAT
 */
public record InvoiceLine(int position, String item, int quantity, String unit, BigDecimal unitPrice, int vatPercent) {

	/**
	 * The price of the line, without VAT.
	 * @return euro, with two decimals
	 */
	public BigDecimal amount() {
		return this.unitPrice.multiply(BigDecimal.valueOf(this.quantity)).setScale(2, RoundingMode.HALF_UP);
	}

}
