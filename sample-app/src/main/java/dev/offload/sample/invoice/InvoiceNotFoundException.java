package dev.offload.sample.invoice;

import java.io.Serial;

/**
 * Thrown when there is no invoice of a number. It is thrown in a worker, and arrives in
 * the service as it is.
 */
public class InvoiceNotFoundException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates one.
	 * @param number the number asked for
	 */
	public InvoiceNotFoundException(String number) {
		super("There is no invoice '" + number + "'; GET /invoices lists them");
	}

}
