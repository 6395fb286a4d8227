package dev.offload.sample.document;

import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Reads text with PDFBox. Each worker makes one by the constructor without arguments.
 */
public class PdfTextExtractor implements TextExtractor {

	@Override
	public DocumentText extract(byte[] pdf) {
		return PdfFile.read(pdf, (document) -> new DocumentText(document.getNumberOfPages(),
				new PDFTextStripper().getText(document), ProcessHandle.current().pid()));
	}

}
