package dev.offload.sample.archive;

import java.io.IOException;

import org.springframework.stereotype.Component;

import dev.offload.TaskContext;
import dev.offload.sample.render.InvoiceService;
import dev.offload.sample.render.RenderedInvoice;

/**
 * Renders the invoices of an archive. Its method is called in workers only.
 */
@Component
public class ArchiveRenderer {

	static final int CRASH_CODE = 44;

	private final InvoiceService invoices;

	ArchiveRenderer(InvoiceService invoices) {
		this.invoices = invoices;
	}

	/**
	 * Renders one invoice.
	 * @param number the number of the invoice
	 * @param crash whether the first attempt takes its process along
	 * @return the document
	 * @throws IOException if the document cannot be written
	 */
	public RenderedInvoice render(String number, boolean crash) throws IOException {
		if (crash && TaskContext.current().attempt() == 1) {
			Runtime.getRuntime().halt(CRASH_CODE);
		}
		return this.invoices.render(number);
	}

}
