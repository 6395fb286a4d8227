package dev.offload.sample.render;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offload.sample.invoice.Customer;
import dev.offload.sample.invoice.Invoice;
import dev.offload.sample.invoice.InvoiceLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InvoiceRenderer}.
 */
class InvoiceRendererTests {

	private static final Customer CUSTOMER = new Customer(7, "Żółw & Σοφία, Дом", "1 Lane", "1 City", "Country");

	private final InvoiceRenderer renderer = new InvoiceRenderer(new FontFile(),
			new Branding("The Company", "Strapline", "Street", "City", "mail@company.example", "XX00", "#336699"));

	InvoiceRendererTests() throws IOException {
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 33, 34, 35, 70, 250 })
	void renderNumbersEachPage(int lines) throws IOException {
		RenderedInvoice rendered = this.renderer.render(invoice(CUSTOMER, "Lantern", lines));
		List<String> pages = texts(rendered);
		assertThat(pages).hasSize(rendered.pages());
		for (int i = 0; i < pages.size(); i++) {
			assertThat(pages.get(i)).contains("Page " + (i + 1) + " of " + pages.size());
		}
	}

	@Test
	void renderWhenThereAreManyLinesFillsSeveralPages() throws IOException {
		assertThat(this.renderer.render(invoice(CUSTOMER, "Lantern", 100)).pages()).isEqualTo(3);
	}

	@Test
	void renderShowsAddressLinesAndTotals() throws IOException {
		Invoice invoice = invoice(CUSTOMER, "Lantern", 40);
		String text = String.join("\n", texts(this.renderer.render(invoice)));
		assertThat(text).contains("The Company", CUSTOMER.name(), CUSTOMER.country(), invoice.number(),
				"1 January 2026", "40 Lantern 3 pcs 1,200.50 19 % 3,601.50");
		assertThat(text).contains("Net 144,060.00", "VAT 19 % 27,371.40", "Total € 171,431.40");
		assertThat(text).contains("Carried over", "Brought forward");
	}

	@Test
	void renderEmbedsTheFont() throws IOException {
		try (PDDocument document = Loader.loadPDF(this.renderer.render(invoice(CUSTOMER, "Lantern", 1)).pdf())) {
			var resources = document.getPage(0).getResources();
			assertThat(resources.getFontNames()).isNotEmpty().allSatisfy((name) -> {
				assertThat(resources.getFont(name).isEmbedded()).isTrue();
				assertThat(resources.getFont(name).getName()).contains("LiberationSans");
			});
		}
	}

	@Test
	void renderWhenTheFontLacksCharactersShowsQuestionMarks() throws IOException {
		Customer customer = new Customer(1, "提灯 \uD83C\uDFEE Ltd", "Line\nbreak\ttab\u0007", "City", "Country");
		String text = texts(this.renderer.render(invoice(customer, "Lantern", 1))).get(0);
		assertThat(text).contains("?? ? Ltd").contains("Line break tab");
	}

	@Test
	void renderWhenAWordIsWiderThanItsColumnBreaksIt() throws IOException {
		String text = String.join("", texts(this.renderer.render(invoice(CUSTOMER, "q".repeat(200), 1))));
		assertThat(text.replaceAll("[^q]", "")).hasSize(200);
	}

	private static List<String> texts(RenderedInvoice rendered) throws IOException {
		List<String> texts = new ArrayList<>();
		try (PDDocument document = Loader.loadPDF(rendered.pdf())) {
			PDFTextStripper stripper = new PDFTextStripper();
			for (int page = 1; page <= document.getNumberOfPages(); page++) {
				stripper.setStartPage(page);
				stripper.setEndPage(page);
				texts.add(stripper.getText(document));
			}
		}
		return texts;
	}

	private static Invoice invoice(Customer customer, String item, int count) {
		List<InvoiceLine> lines = new ArrayList<>();
		for (int position = 1; position <= count; position++) {
			lines.add(new InvoiceLine(position, item, 3, "pcs", new BigDecimal("1200.50"), 19));
		}
		return new Invoice("INV-1", customer, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31), lines);
	}

}
