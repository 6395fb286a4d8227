package dev.offload.sample.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.springframework.web.multipart.MultipartFile;

/**
 * Stamps pages with PDFBox, from file to file: neither of the two is ever in memory. Each
 * worker makes one by the constructor without arguments.
 */
public class PdfStamper implements Stamper {

	private static final float SIZE = 12;

	private static final float MARGIN = 18;

	@Override
	public InputStream stamp(MultipartFile pdf, String text) {
		try (RandomAccessRead content = new RandomAccessReadBufferedFile(pdf.getResource().getFile())) {
			return PdfFile.read(content, (document) -> save(stamped(document, text)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static PDDocument stamped(PDDocument document, String text) throws IOException {
		PDFont font = new PDType1Font(FontName.HELVETICA);
		for (PDPage page : document.getPages()) {
			try (PDPageContentStream out = new PDPageContentStream(document, page, AppendMode.APPEND, true, true)) {
				out.beginText();
				out.setFont(font, SIZE);
				out.newLineAtOffset(MARGIN, page.getCropBox().getHeight() - MARGIN);
				out.showText(text);
				out.endText();
			}
		}
		return document;
	}

	private static InputStream save(PDDocument document) throws IOException {
		Path file = Files.createTempFile("stamped", ".pdf");
		try {
			document.save(file.toFile());
			return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
		}
		catch (IOException | RuntimeException ex) {
			Files.delete(file);
			throw ex;
		}
	}

}
