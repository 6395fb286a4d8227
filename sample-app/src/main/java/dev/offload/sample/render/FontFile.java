package dev.offload.sample.render;

import java.io.IOException;
import java.io.InputStream;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.springframework.stereotype.Component;

/**
 * The font of the invoices, read once for each process: Liberation Sans, which comes with
 * PDFBox and has Latin, Greek and Cyrillic letters. It is embedded in each document, so
 * that a document looks the same everywhere. Safe for use by many threads.
 */
@Component
class FontFile {

	private static final String RESOURCE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

	private final byte[] content;

	FontFile() throws IOException {
		try (InputStream in = PDDocument.class.getResourceAsStream(RESOURCE)) {
			if (in == null) {
				throw new IllegalStateException("The font " + RESOURCE + " is missing on the class path");
			}
			this.content = in.readAllBytes();
		}
	}

	/**
	 * Opens the font for a document.
	 * @param document the document
	 * @return the font, to be closed after the document is saved
	 * @throws IOException if the font is broken
	 */
	DocumentFont open(PDDocument document) throws IOException {
		return new DocumentFont(document, this.content);
	}

}
