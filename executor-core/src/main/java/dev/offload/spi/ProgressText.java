package dev.offload.spi;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What a task says it is doing, which is a short text wherever it runs.
 */
public final class ProgressText {

	/**
	 * The most bytes that it has in UTF-8.
	 */
	public static final int MAX_BYTES = 1024;

	/** No char has more bytes than these. */
	private static final int CHAR_BYTES = 3;

	private ProgressText() {
	}

	/**
	 * Whether a text of so many chars is short enough whatever they are.
	 * @param length how many chars it has
	 * @return {@code true} if it need not be cut
	 */
	public static boolean isShort(int length) {
		return length <= MAX_BYTES / CHAR_BYTES;
	}

	/**
	 * Cuts a text to what may be told. What is not a text in UTF-8 is replaced.
	 * @param text the text
	 * @return the text, or its beginning
	 */
	public static String cut(String text) {
		CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.onUnmappableCharacter(CodingErrorAction.REPLACE);
		ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
		encoder.encode(CharBuffer.wrap(text), bytes, true);
		return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
	}

}
