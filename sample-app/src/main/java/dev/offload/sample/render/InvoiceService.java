package dev.offload.sample.render;

import java.io.IOException;

import org.springframework.stereotype.Service;

import dev.offload.sample.invoice.Invoice;
import dev.offload.sample.invoice.InvoiceNotFoundException;
import dev.offload.sample.invoice.InvoiceRepository;
import dev.offload.spring.OffloadTo;

/**
 * Renders invoices in worker processes. The service calls its own bean; the call runs on
 * the same bean of a worker, with the worker's repository, font and branding.
 */
@Service
public class InvoiceService {

	private final InvoiceRepository invoices;

	private final InvoiceRenderer renderer;

	InvoiceService(InvoiceRepository invoices, InvoiceRenderer renderer) {
		this.invoices = invoices;
		this.renderer = renderer;
	}

	/**
	 * Renders one invoice. Only the number travels there, and only the document back.
	 * @param number the number of the invoice
	 * @return the document
	 * @throws InvoiceNotFoundException if there is no such invoice
	 * @throws IOException if the document cannot be written
	 */
	@OffloadTo("pdf")
	public RenderedInvoice render(String number) throws IOException {
		Invoice invoice = this.invoices.find(number).orElseThrow(() -> new InvoiceNotFoundException(number));
		return this.renderer.render(invoice);
	}

}
