package dev.offload.sample.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The font of one document: what it can show, and how wide that is. Not safe for use by
 * many threads.
 */
final class DocumentFont implements AutoCloseable {

	private static final int REPLACEMENT = '?';

	private final TrueTypeFont file;

	private final CmapLookup characters;

	private final PDType0Font font;

	DocumentFont(PDDocument document, byte[] content) throws IOException {
		this.file = new TTFParser().parse(new RandomAccessReadBuffer(content));
		this.characters = this.file.getUnicodeCmapLookup();
		this.font = PDType0Font.load(document, this.file, true);
	}

	PDType0Font font() {
		return this.font;
	}

	/**
	 * The text with a question mark for each character that the font does not have, and a
	 * space for each line break.
	 * @param text any text
	 * @return text that can be shown
	 */
	String showable(String text) {
		StringBuilder shown = new StringBuilder(text.length());
		text.codePoints().forEach((character) -> {
			if (Character.isWhitespace(character)) {
				shown.append(' ');
			}
			else if (!Character.isISOControl(character)) {
				shown.appendCodePoint((this.characters.getGlyphId(character) != 0) ? character : REPLACEMENT);
			}
		});
		return shown.toString();
	}

	float width(String text, float size) throws IOException {
		return this.font.getStringWidth(showable(text)) * size / 1000;
	}

	/**
	 * Breaks a text into lines, between words, and inside a word that fills more than one
	 * line.
	 * @param text the text
	 * @param size the size of the font
	 * @param width the width of a line
	 * @return at least one line
	 * @throws IOException if the font is broken
	 */
	List<String> wrap(String text, float size, float width) throws IOException {
		List<String> lines = new ArrayList<>();
		String line = "";
		for (String word : showable(text).strip().split(" +", -1)) {
			String longer = line.isEmpty() ? word : line + " " + word;
			if (width(longer, size) <= width) {
				line = longer;
				continue;
			}
			if (!line.isEmpty()) {
				lines.add(line);
			}
			line = breakWord(word, size, width, lines);
		}
		lines.add(line);
		return lines;
	}

	private String breakWord(String word, float size, float width, List<String> lines) throws IOException {
		String rest = word;
		while (width(rest, size) > width && rest.codePointCount(0, rest.length()) > 1) {
			int end = rest.offsetByCodePoints(0, 1);
			while (width(rest.substring(0, rest.offsetByCodePoints(end, 1)), size) <= width) {
				end = rest.offsetByCodePoints(end, 1);
			}
			lines.add(rest.substring(0, end));
			rest = rest.substring(end);
		}
		return rest;
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
