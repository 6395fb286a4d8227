package dev.offload.sample.document;

import java.io.InputStream;

import org.springframework.web.multipart.MultipartFile;

/**
 * Puts a text on each page of PDF documents.
 */
public interface Stamper {

	/**
	 * Puts a text on each page of a document.
	 * @param pdf the file, which may be much larger than the memory of the service
	 * @param text the text
	 * @return the content of the new file
	 * @throws DocumentException if the file is not a PDF document that can be read
	 */
	InputStream stamp(MultipartFile pdf, String text);

}
