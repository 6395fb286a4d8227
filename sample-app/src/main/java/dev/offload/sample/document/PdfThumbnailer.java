package dev.offload.sample.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageIO;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

import dev.offload.sample.document.DocumentException.Problem;

/**
 * Draws pages with PDFBox. Each worker makes one by the constructor without arguments.
 */
public class PdfThumbnailer implements Thumbnailer {

	/**
	 * How many times as high as wide a picture may be, for a page is as long as its maker
	 * likes, and the picture is held in memory.
	 */
	private static final int MAX_HEIGHT_FACTOR = 8;

	/**
	 * Creates one.
	 */
	public PdfThumbnailer() {
		// Otherwise each picture is written to a temporary file first.
		ImageIO.setUseCache(false);
	}

	@Override
	public Thumbnail draw(byte[] pdf, int page, int width) {
		return PdfFile.read(pdf, (document) -> {
			int pages = document.getNumberOfPages();
			if (page > pages) {
				throw new DocumentException(Problem.NO_SUCH_PAGE,
						"The document has " + pages + " page(s), so there is no page " + page);
			}
			return new Thumbnail(png(document, page - 1, width), pages, ProcessHandle.current().pid());
		});
	}

	private static byte[] png(PDDocument document, int index, int width) throws IOException {
		BufferedImage image = new PDFRenderer(document).renderImage(index,
				scale(document.getPage(index), index + 1, width), ImageType.RGB);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ImageIO.write(image, "png", out);
		return out.toByteArray();
	}

	private static float scale(PDPage page, int number, int width) {
		PDRectangle box = page.getCropBox();
		boolean turned = page.getRotation() % 180 != 0;
		float pageWidth = turned ? box.getHeight() : box.getWidth();
		float pageHeight = turned ? box.getWidth() : box.getHeight();
		if (!(pageWidth > 0) || !(pageHeight > 0) || pageHeight > pageWidth * MAX_HEIGHT_FACTOR) {
			throw new DocumentException(Problem.DAMAGED, "Page %d is %s by %s points, and no picture is made of that"
				.formatted(number, pageWidth, pageHeight));
		}
		return width / pageWidth;
	}

}
