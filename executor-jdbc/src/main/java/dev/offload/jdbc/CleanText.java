package dev.offload.jdbc;

/**
 * Text that a database takes: not too long, without the character 0 and without halves of
 * others.
 */
final class CleanText {

	private static final char REPLACEMENT = '\uFFFD';

	private CleanText() {
	}

	static String of(String text, int max) {
		String cut = (text.length() > max) ? text.substring(0, max) : text;
		for (int i = 0; i < cut.length(); i++) {
			char character = cut.charAt(i);
			if (character == 0 || Character.isSurrogate(character)) {
				return cleaned(cut);
			}
		}
		return cut;
	}

	private static String cleaned(String text) {
		StringBuilder clean = new StringBuilder(text.length());
		text.codePoints().forEach((point) -> clean.appendCodePoint(isTaken(point) ? point : REPLACEMENT));
		return clean.toString();
	}

	// What is left of a pair is a code point of its own.
	private static boolean isTaken(int point) {
		return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
	}

}
