package dev.offload.sample.web;

import java.io.IOException;
import java.util.List;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.offload.sample.invoice.InvoiceRepository;
import dev.offload.sample.invoice.InvoiceSummary;
import dev.offload.sample.render.InvoiceService;
import dev.offload.sample.render.RenderedInvoice;

/**
 * Lists invoices and gives them as documents.
 */
@RestController
class InvoiceController {

	private final InvoiceRepository invoices;

	private final InvoiceService service;

	InvoiceController(InvoiceRepository invoices, InvoiceService service) {
		this.invoices = invoices;
		this.service = service;
	}

	@GetMapping("/invoices")
	List<InvoiceSummary> list() {
		return this.invoices.findSummaries();
	}

	@GetMapping("/invoices/{number}.pdf")
	ResponseEntity<byte[]> pdf(@PathVariable String number) throws IOException {
		RenderedInvoice rendered = this.service.render(number);
		return ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_PDF)
			.cacheControl(CacheControl.noStore())
			.header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"" + number + ".pdf\"")
			.header(WorkerHeaders.WORKER_PID, String.valueOf(rendered.workerPid()))
			.header(WorkerHeaders.PAGE_COUNT, String.valueOf(rendered.pages()))
			.body(rendered.pdf());
	}

}
