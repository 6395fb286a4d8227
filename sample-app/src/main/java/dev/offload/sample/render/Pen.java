package dev.offload.sample.render;

import java.awt.Color;
import java.io.IOException;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/**
 * Writes and draws on one page. Coordinates are in points from the lower left corner. Not
 * safe for use by many threads.
 */
final class Pen implements AutoCloseable {

	private static final Color TEXT = new Color(0x22, 0x26, 0x2b);

	private static final Color MUTED = new Color(0x6b, 0x72, 0x7a);

	private static final Color HAIRLINE = new Color(0xd9, 0xdc, 0xe0);

	private final PDPageContentStream content;

	private final DocumentFont font;

	private final Color accent;

	Pen(PDDocument document, PDPage page, DocumentFont font, Color accent) throws IOException {
		this.content = new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, true, true);
		this.font = font;
		this.accent = accent;
	}

	void text(float x, float y, float size, String text) throws IOException {
		show(x, y, size, text, TEXT, false);
	}

	void muted(float x, float y, float size, String text) throws IOException {
		show(x, y, size, text, MUTED, false);
	}

	void bold(float x, float y, float size, String text) throws IOException {
		show(x, y, size, text, TEXT, true);
	}

	void heading(float x, float y, float size, String text) throws IOException {
		show(x, y, size, text, this.accent, true);
	}

	void textRight(float right, float y, float size, String text) throws IOException {
		text(right - this.font.width(text, size), y, size, text);
	}

	void mutedRight(float right, float y, float size, String text) throws IOException {
		muted(right - this.font.width(text, size), y, size, text);
	}

	void boldRight(float right, float y, float size, String text) throws IOException {
		bold(right - this.font.width(text, size), y, size, text);
	}

	void hairline(float left, float right, float y) throws IOException {
		line(left, right, y, 0.5f, HAIRLINE);
	}

	void rule(float left, float right, float y) throws IOException {
		line(left, right, y, 1.2f, this.accent);
	}

	/**
	 * Draws a paper lantern: a frame of bands between two caps, with a glow inside.
	 * @param left the left edge
	 * @param bottom the lower edge
	 * @param height the height, a little more than the width
	 * @throws IOException if it cannot be written
	 */
	void logo(float left, float bottom, float height) throws IOException {
		float unit = height / 20;
		float middle = left + 8 * unit;
		fill(this.accent);
		for (float y : new float[] { 0, 15.5f }) {
			this.content.addRect(middle - 3.5f * unit, bottom + y * unit, 7 * unit, 1.5f * unit);
		}
		this.content.addRect(middle - 0.4f * unit, bottom + 17 * unit, 0.8f * unit, 3 * unit);
		this.content.fill();
		ellipse(middle, bottom + 8.5f * unit, 8 * unit, 7 * unit);
		this.content.fill();
		fill(new Color(0xff, 0xd9, 0x8a));
		ellipse(middle, bottom + 8.5f * unit, 3.2f * unit, 7 * unit);
		this.content.fill();
		this.content.setStrokingColor(Color.WHITE);
		this.content.setLineWidth(0.5f * unit);
		for (float half : new float[] { 3.2f, 6 }) {
			ellipse(middle, bottom + 8.5f * unit, half * unit, 7 * unit);
			this.content.stroke();
		}
	}

	@Override
	public void close() throws IOException {
		this.content.close();
	}

	// There is no bold cut of the font, so bold is drawn with an outline.
	private void show(float x, float y, float size, String text, Color color, boolean bold) throws IOException {
		this.content.beginText();
		fill(color);
		this.content.setStrokingColor(color);
		this.content.setLineWidth(size * 0.03f);
		this.content.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
		this.content.setFont(this.font.font(), size);
		this.content.newLineAtOffset(x, y);
		this.content.showText(this.font.showable(text));
		this.content.endText();
	}

	private void line(float left, float right, float y, float width, Color color) throws IOException {
		this.content.setStrokingColor(color);
		this.content.setLineWidth(width);
		this.content.moveTo(left, y);
		this.content.lineTo(right, y);
		this.content.stroke();
	}

	private void fill(Color color) throws IOException {
		this.content.setNonStrokingColor(color);
	}

	private void ellipse(float x, float y, float halfWidth, float halfHeight) throws IOException {
		// How far the control points of a quarter lie out, as a part of the half axis.
		float width = halfWidth * 0.5523f;
		float height = halfHeight * 0.5523f;
		this.content.moveTo(x - halfWidth, y);
		this.content.curveTo(x - halfWidth, y + height, x - width, y + halfHeight, x, y + halfHeight);
		this.content.curveTo(x + width, y + halfHeight, x + halfWidth, y + height, x + halfWidth, y);
		this.content.curveTo(x + halfWidth, y - height, x + width, y - halfHeight, x, y - halfHeight);
		this.content.curveTo(x - width, y - halfHeight, x - halfWidth, y - height, x - halfWidth, y);
		this.content.closePath();
	}

}
