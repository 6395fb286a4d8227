package dev.offload.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * Bars beside each other on a logarithmic scale, legible on light and on dark ground.
 *
 * @param title what is shown
 * @param unit the unit of the scale
 * @param line where a line is drawn
 * @param bars the bars, from the top
 */
record BarChart(String title, String unit, double line, List<Bar> bars) {

	private static final int LABELS = 330;

	private static final int SCALE = 460;

	private static final int NUMBERS = 110;

	private static final int STEP = 20;

	private static final int TOP = 60;

	private static final String STYLE = """
			<style>
			text { font: 13px sans-serif; fill: #24292f; }
			.title { font-weight: bold; font-size: 15px; }
			.small { font-size: 11px; fill: #57606a; }
			.end { text-anchor: end; }
			.middle { text-anchor: middle; }
			.plain { fill: #8c959f; }
			.good { fill: #0b6e6e; }
			.bad { fill: #b5482a; }
			.grid { stroke: #8c959f; stroke-opacity: 0.35; }
			.line { stroke: #24292f; stroke-dasharray: 4 3; }
			@media (prefers-color-scheme: dark) {
			text { fill: #e6edf3; }
			.small { fill: #9da7b1; }
			.good { fill: #3fb6b6; }
			.bad { fill: #e8835f; }
			.line { stroke: #e6edf3; }
			}
			</style>
			""";

	String svg() {
		int bottom = TOP + this.bars.size() * STEP;
		StringBuilder svg = new StringBuilder();
		int width = LABELS + SCALE + NUMBERS;
		append(svg,
				String.format(Locale.ROOT,
						"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">",
						width, bottom + 30, width));
		append(svg, String.format(Locale.ROOT, "<title>%s</title>", escape(this.title)));
		svg.append(STYLE);
		append(svg, String.format(Locale.ROOT, "<text class=\"title\" x=\"8\" y=\"22\">%s</text>", escape(this.title)));
		for (int power = lowest(); power <= highest(); power++) {
			grid(svg, power, bottom);
		}
		for (int i = 0; i < this.bars.size(); i++) {
			bar(svg, this.bars.get(i), TOP + i * STEP);
		}
		if (this.line > 0) {
			append(svg, String.format(Locale.ROOT, "<path class=\"line\" d=\"M%.1f %dV%d\"/>", x(this.line), TOP - 6,
					bottom));
		}
		return svg.append("</svg>\n").toString();
	}

	private void grid(StringBuilder svg, int power, int bottom) {
		double x = x(Math.pow(10, power));
		append(svg, String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x, TOP - 6, bottom));
		String number = (power < 0) ? String.valueOf(Math.pow(10, power))
				: String.format(Locale.ROOT, "%,d", (long) Math.pow(10, power));
		append(svg, String.format(Locale.ROOT, "<text class=\"small middle\" x=\"%.1f\" y=\"%d\">%s %s</text>", x,
				TOP - 12, number, this.unit));
	}

	private void bar(StringBuilder svg, Bar bar, int y) {
		double end = x(bar.value());
		append(svg, String.format(Locale.ROOT, "<text class=\"end\" x=\"%d\" y=\"%d\">%s</text>", LABELS - 8, y + 14,
				escape(bar.label())));
		append(svg, String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
				bar.kind(), LABELS, y + 2, Math.max(1, end - LABELS), STEP - 5));
		append(svg,
				String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>", end + 5, y + 14, escape(bar.text())));
	}

	private double x(double value) {
		double share = (Math.log10(value) - lowest()) / Math.max(1, highest() - lowest());
		return LABELS + SCALE * Math.max(0, share);
	}

	private int lowest() {
		return (int) Math.floor(Math.log10(this.bars.stream().mapToDouble(Bar::value).min().orElse(1)));
	}

	private int highest() {
		return (int) Math.ceil(Math.log10(this.bars.stream().mapToDouble(Bar::value).max().orElse(10)));
	}

	private static void append(StringBuilder svg, String line) {
		svg.append(line).append('\n');
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

	/**
	 * One bar.
	 *
	 * @param label what it is
	 * @param value how long it is, above 0
	 * @param text the words behind it
	 * @param kind its class: {@code plain}, {@code good} or {@code bad}
	 */
	record Bar(String label, double value, String text, String kind) {

	}

}
