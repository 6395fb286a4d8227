package dev.offload.sample.document;

/**
 * Makes pictures of pages.
 */
public interface Thumbnailer {

	/**
	 * Makes a picture of one page.
	 * @param pdf the content of the file
	 * @param page the number of the page, from 1
	 * @param width the width of the picture in pixels
	 * @return the picture
	 * @throws DocumentException if the file is not a PDF document that can be read, or
	 * has no such page
	 */
	Thumbnail draw(byte[] pdf, int page, int width);

}
