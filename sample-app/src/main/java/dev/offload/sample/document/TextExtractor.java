package dev.offload.sample.document;

/**
 * Reads the text of PDF documents.
 */
public interface TextExtractor {

	/**
	 * Reads the text of a document.
	 * @param pdf the content of the file
	 * @return the text
	 * @throws DocumentException if the file is not a PDF document that can be read
	 */
	DocumentText extract(byte[] pdf);

}
