package dev.offload.sample.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

import dev.offload.sample.document.DocumentException.Problem;

/**
 * Opens PDF documents of strangers, and says what is wrong with those that cannot be
 * opened.
 */
final class PdfFile {

	/**
	 * Within how many bytes of the beginning and of the end readers look for the marks.
	 */
	private static final int MARK_RANGE = 1024;

	private PdfFile() {
	}

	/**
	 * Opens a document and does something with it.
	 * @param <R> the type of the result
	 * @param pdf the content of the file
	 * @param action what to do
	 * @return the result
	 * @throws DocumentException if the document cannot be opened, or the action fails on
	 * it
	 */
	static <R> R read(byte[] pdf, Action<R> action) {
		return read(new RandomAccessReadBuffer(pdf), action);
	}

	/**
	 * Opens a document and does something with it. What has to be held of it is in
	 * temporary files if it is large.
	 * @param <R> the type of the result
	 * @param pdf the content of the file
	 * @param action what to do
	 * @return the result
	 * @throws DocumentException if the document cannot be opened, or the action fails on
	 * it
	 */
	static <R> R read(RandomAccessRead pdf, Action<R> action) {
		checkMarks(pdf);
		try (PDDocument document = Loader.loadPDF(pdf, IOUtils.createTempFileOnlyStreamCache())) {
			if (document.getNumberOfPages() == 0) {
				throw new DocumentException(Problem.DAMAGED, "The document has no pages");
			}
			if (!document.getCurrentAccessPermission().canExtractContent()) {
				throw new DocumentException(Problem.ENCRYPTED,
						"The document is protected: its owner does not permit taking out its content");
			}
			return action.apply(document);
		}
		catch (InvalidPasswordException ex) {
			throw new DocumentException(Problem.ENCRYPTED,
					"The document is encrypted and needs a password; send it without one");
		}
		// What PDFBox throws on damaged files is not only IOException.
		catch (IOException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
				| ClassCastException | NullPointerException ex) {
			throw new DocumentException(Problem.DAMAGED, "The document is damaged and cannot be read: " + ex);
		}
		catch (StackOverflowError ex) {
			throw new DocumentException(Problem.DAMAGED, "The document is nested too deeply to be read");
		}
	}

	private static void checkMarks(RandomAccessRead pdf) {
		try {
			checkMarks(pdf, pdf.length());
			pdf.seek(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void checkMarks(RandomAccessRead pdf, long length) throws IOException {
		if (length == 0) {
			throw new DocumentException(Problem.EMPTY, "The document is empty; send a PDF file as the request body");
		}
		if (!text(pdf, 0, Math.min(length, MARK_RANGE)).contains("%PDF-")) {
			throw new DocumentException(Problem.NOT_A_PDF,
					"This is not a PDF document: its first " + MARK_RANGE + " bytes do not hold %PDF-");
		}
		// PDFBox would show as many pages as are left.
		if (!text(pdf, Math.max(0, length - MARK_RANGE), length).contains("%%EOF")) {
			throw new DocumentException(Problem.TRUNCATED, "The document is truncated: it ends after " + length
					+ " bytes without the mark %%EOF; send the whole file");
		}
	}

	private static String text(RandomAccessRead pdf, long from, long to) throws IOException {
		byte[] bytes = new byte[(int) (to - from)];
		pdf.seek(from);
		pdf.readFully(bytes);
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Something done with an open document.
	 *
	 * @param <R> the type of the result
	 */
	@FunctionalInterface
	interface Action<R> {

		R apply(PDDocument document) throws IOException;

	}

}
