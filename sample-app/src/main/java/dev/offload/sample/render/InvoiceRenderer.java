package dev.offload.sample.render;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.springframework.stereotype.Component;

import dev.offload.sample.invoice.Invoice;

/**
 * Renders an invoice with PDFBox. Safe for use by many threads.
 */
@Component
class InvoiceRenderer {

	private final FontFile fontFile;

	private final Branding branding;

	InvoiceRenderer(FontFile fontFile, Branding branding) {
		this.fontFile = fontFile;
		this.branding = branding;
	}

	/**
	 * Renders.
	 * @param invoice the invoice
	 * @return the document, and the process that made it
	 * @throws IOException if the document cannot be written
	 */
	RenderedInvoice render(Invoice invoice) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (PDDocument document = new PDDocument(); DocumentFont font = this.fontFile.open(document)) {
			document.setDocumentInformation(information(invoice));
			document.getDocumentCatalog().setLanguage("en");
			try (InvoicePages pages = new InvoicePages(document, font, this.branding, invoice)) {
				pages.write();
			}
			document.save(out);
			return new RenderedInvoice(out.toByteArray(), document.getNumberOfPages(), ProcessHandle.current().pid());
		}
	}

	private PDDocumentInformation information(Invoice invoice) {
		PDDocumentInformation information = new PDDocumentInformation();
		information.setTitle("Invoice " + invoice.number());
		information.setAuthor(this.branding.company());
		return information;
	}

}
