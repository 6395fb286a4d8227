package dev.offload.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/**
 * PDF documents for tests.
 */
public final class TestDocuments {

	private TestDocuments() {
	}

	/**
	 * A document with the text "Page 1", "Page 2" and so on.
	 * @param pages how many pages
	 * @return the content of the file
	 */
	public static byte[] pages(int pages) {
		return make(pages, PDRectangle.A4, (document) -> {
		});
	}

	/**
	 * A document with a file in it that cannot be made smaller.
	 * @param file where to
	 * @param bytes how large the file in it is
	 */
	public static void large(Path file, long bytes) {
		try (PDDocument document = new PDDocument(IOUtils.createTempFileOnlyStreamCache())) {
			document.addPage(new PDPage(PDRectangle.A4));
			document.addPage(new PDPage(PDRectangle.A4));
			COSStream content = document.getDocument().createCOSStream();
			try (OutputStream out = content.createOutputStream()) {
				Random random = new Random(7);
				byte[] chunk = new byte[1024 * 1024];
				for (long written = 0; written < bytes; written += chunk.length) {
					random.nextBytes(chunk);
					out.write(chunk);
				}
			}
			document.getDocumentCatalog().getCOSObject().setItem("TestContent", content);
			document.save(file.toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static byte[] page(float width, float height, int rotation) {
		return make(1, new PDRectangle(width, height), (document) -> document.getPage(0).setRotation(rotation));
	}

	/**
	 * A document that cannot be opened without a password.
	 * @return the content of the file
	 */
	public static byte[] encrypted() {
		return make(1, PDRectangle.A4,
				(document) -> document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission())));
	}

	/**
	 * A document that anyone may look at, but take nothing from.
	 * @return the content of the file
	 */
	public static byte[] forbidding() {
		AccessPermission permission = new AccessPermission();
		permission.setCanExtractContent(false);
		return make(1, PDRectangle.A4,
				(document) -> document.protect(new StandardProtectionPolicy("owner", "", permission)));
	}

	/**
	 * The first half of a document.
	 * @return the content of the file
	 */
	public static byte[] truncated() {
		byte[] whole = pages(20);
		return Arrays.copyOf(whole, whole.length / 2);
	}

	private static byte[] make(int pages, PDRectangle size, Finish finish) {
		try (PDDocument document = new PDDocument()) {
			for (int i = 1; i <= pages; i++) {
				PDPage page = new PDPage(size);
				document.addPage(page);
				try (PDPageContentStream content = new PDPageContentStream(document, page)) {
					content.beginText();
					content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 24);
					content.newLineAtOffset(30, 30);
					content.showText("Page " + i);
					content.endText();
				}
			}
			finish.apply(document);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			document.save(out);
			return out.toByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Finish {

		void apply(PDDocument document) throws IOException;

	}

}
