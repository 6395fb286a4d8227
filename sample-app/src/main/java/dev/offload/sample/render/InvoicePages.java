package dev.offload.sample.render;

import java.awt.Color;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

import dev.offload.sample.invoice.Customer;
import dev.offload.sample.invoice.Invoice;
import dev.offload.sample.invoice.InvoiceLine;

/**
 * The pages of one invoice while they are written, from top to bottom. Not safe for use
 * by many threads.
 */
final class InvoicePages implements AutoCloseable {

	private final PDDocument document;

	private final DocumentFont font;

	private final Branding branding;

	private final Color accent;

	private final Invoice invoice;

	private Pen pen;

	private float y = Layout.TOP;

	private BigDecimal carried = new BigDecimal("0.00");

	InvoicePages(PDDocument document, DocumentFont font, Branding branding, Invoice invoice) throws IOException {
		this.document = document;
		this.font = font;
		this.branding = branding;
		this.accent = Color.decode(branding.accent());
		this.invoice = invoice;
		this.pen = newPage();
	}

	void write() throws IOException {
		writeLetterhead();
		writeAddresses();
		writeColumnTitles();
		for (InvoiceLine line : this.invoice.lines()) {
			writeLine(line);
		}
		writeTotals();
		this.pen.close();
		writeFooters();
	}

	private void writeLetterhead() throws IOException {
		this.pen.logo(Layout.LEFT, this.y - 38, 46);
		this.pen.heading(Layout.LEFT + 50, this.y - 10, 16, this.branding.company());
		this.pen.muted(Layout.LEFT + 50, this.y - 25, Layout.SIZE, this.branding.strapline());
		this.pen.mutedRight(Layout.RIGHT, this.y - 10, Layout.SMALL, this.branding.street());
		this.pen.mutedRight(Layout.RIGHT, this.y - 21, Layout.SMALL, this.branding.city());
		this.pen.mutedRight(Layout.RIGHT, this.y - 32, Layout.SMALL, this.branding.mail());
		this.y -= 56;
		this.pen.rule(Layout.LEFT, Layout.RIGHT, this.y);
		this.y -= 36;
	}

	private void writeAddresses() throws IOException {
		Customer customer = this.invoice.customer();
		float top = this.y;
		for (String part : this.font.wrap(customer.name(), 11, 250)) {
			this.pen.bold(Layout.LEFT, this.y, 11, part);
			this.y -= 15;
		}
		for (String part : List.of(customer.street(), customer.city(), customer.country())) {
			this.pen.text(Layout.LEFT, this.y, 10, part);
			this.y -= 14;
		}
		writeFact(top, "Invoice", this.invoice.number());
		writeFact(top - 15, "Date", Layout.date(this.invoice.issued()));
		writeFact(top - 30, "Due", Layout.date(this.invoice.due()));
		writeFact(top - 45, "Customer", "C-%03d".formatted(customer.id()));
		this.y = Math.min(this.y, top - 60) - 24;
	}

	private void writeFact(float at, String name, String value) throws IOException {
		this.pen.muted(370, at, Layout.SIZE, name);
		this.pen.textRight(Layout.RIGHT, at, 10, value);
	}

	private void writeColumnTitles() throws IOException {
		this.pen.muted(Layout.LEFT, this.y, Layout.SMALL, "No.");
		this.pen.muted(Layout.ITEM, this.y, Layout.SMALL, "Item");
		this.pen.mutedRight(Layout.QUANTITY_RIGHT, this.y, Layout.SMALL, "Quantity");
		this.pen.mutedRight(Layout.PRICE_RIGHT, this.y, Layout.SMALL, "Price");
		this.pen.mutedRight(Layout.VAT_RIGHT, this.y, Layout.SMALL, "VAT");
		this.pen.mutedRight(Layout.RIGHT, this.y, Layout.SMALL, "Amount €");
		this.pen.rule(Layout.LEFT, Layout.RIGHT, this.y - 6);
		this.y -= 20;
	}

	private void writeLine(InvoiceLine line) throws IOException {
		List<String> item = this.font.wrap(line.item(), Layout.SIZE, Layout.ITEM_WIDTH);
		// One line is kept free for the sum that is carried over.
		if (this.y - (item.size() + 1) * Layout.LINE_HEIGHT < Layout.BOTTOM) {
			continueOnNextPage();
		}
		float top = this.y;
		this.pen.muted(Layout.LEFT, top, Layout.SIZE, String.valueOf(line.position()));
		for (String part : item) {
			this.pen.text(Layout.ITEM, this.y, Layout.SIZE, part);
			this.y -= Layout.LINE_HEIGHT;
		}
		this.pen.textRight(Layout.QUANTITY_RIGHT, top, Layout.SIZE, String.valueOf(line.quantity()));
		this.pen.text(Layout.UNIT, top, Layout.SIZE, line.unit());
		this.pen.textRight(Layout.PRICE_RIGHT, top, Layout.SIZE, Layout.money(line.unitPrice()));
		this.pen.textRight(Layout.VAT_RIGHT, top, Layout.SIZE, line.vatPercent() + " %");
		this.pen.textRight(Layout.RIGHT, top, Layout.SIZE, Layout.money(line.amount()));
		this.pen.hairline(Layout.LEFT, Layout.RIGHT, this.y + 8);
		this.y -= 4;
		this.carried = this.carried.add(line.amount());
	}

	private void continueOnNextPage() throws IOException {
		writeSum("Carried over", this.carried);
		nextPage();
		writeColumnTitles();
		writeSum("Brought forward", this.carried);
	}

	private void writeSum(String name, BigDecimal amount) throws IOException {
		this.pen.muted(Layout.ITEM, this.y, Layout.SIZE, name);
		this.pen.mutedRight(Layout.RIGHT, this.y, Layout.SIZE, Layout.money(amount));
		this.y -= Layout.LINE_HEIGHT + 4;
	}

	private void nextPage() throws IOException {
		this.pen.close();
		this.pen = newPage();
		this.y = Layout.TOP;
		this.pen.logo(Layout.LEFT, this.y - 12, 20);
		this.pen.text(Layout.LEFT + 24, this.y - 4, Layout.SIZE, this.branding.company());
		this.pen.textRight(Layout.RIGHT, this.y - 4, Layout.SIZE, "Invoice " + this.invoice.number());
		this.y -= 40;
	}

	private void writeTotals() throws IOException {
		if (this.y - (this.invoice.vat().size() + 5) * 16 < Layout.BOTTOM) {
			continueOnNextPage();
		}
		this.y -= 10;
		writeTotal("Net", this.invoice.net());
		for (var vat : this.invoice.vat().entrySet()) {
			writeTotal("VAT " + vat.getKey() + " %", vat.getValue());
		}
		this.pen.rule(370, Layout.RIGHT, this.y + 8);
		this.y -= 8;
		this.pen.heading(370, this.y, 12, "Total");
		this.pen.boldRight(Layout.RIGHT, this.y, 12, "€ " + Layout.money(this.invoice.total()));
		this.y -= 30;
		this.pen.muted(Layout.LEFT, this.y, Layout.SIZE, "Please pay by " + Layout.date(this.invoice.due()) + " to "
				+ this.branding.account() + ", and name " + this.invoice.number() + ".");
	}

	private void writeTotal(String name, BigDecimal amount) throws IOException {
		this.pen.muted(370, this.y, 10, name);
		this.pen.textRight(Layout.RIGHT, this.y, 10, Layout.money(amount));
		this.y -= 16;
	}

	// Comes last, for only then it is known how many pages there are.
	private void writeFooters() throws IOException {
		int count = this.document.getNumberOfPages();
		for (int i = 0; i < count; i++) {
			try (Pen footer = new Pen(this.document, this.document.getPage(i), this.font, this.accent)) {
				footer.hairline(Layout.LEFT, Layout.RIGHT, 56);
				footer.muted(Layout.LEFT, 42, Layout.SMALL, this.branding.company() + " · " + this.branding.city());
				footer.mutedRight(Layout.RIGHT, 42, Layout.SMALL, "Page %d of %d".formatted(i + 1, count));
			}
		}
	}

	private Pen newPage() throws IOException {
		PDPage page = new PDPage(PDRectangle.A4);
		this.document.addPage(page);
		return new Pen(this.document, page, this.font, this.accent);
	}

	@Override
	public void close() throws IOException {
		this.pen.close();
	}

}
