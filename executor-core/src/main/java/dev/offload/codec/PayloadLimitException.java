package dev.offload.codec;

import java.io.IOException;
import java.io.Serial;

/**
 * Thrown by codecs when a payload is over a limit.
 */
public final class PayloadLimitException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final boolean configurable;

	private PayloadLimitException(String message, boolean configurable) {
		super(message);
		this.configurable = configurable;
	}

	/**
	 * Of a payload with too many bytes, a limit that is a setting.
	 * @param limit the most bytes
	 * @return the exception
	 */
	public static PayloadLimitException ofBytes(long limit) {
		return new PayloadLimitException("it is over the limit of " + limit + " bytes", true);
	}

	/**
	 * Of a payload with too many objects, or too deep.
	 * @param message what it is, as the end of a sentence
	 * @return the exception
	 */
	public static PayloadLimitException ofShape(String message) {
		return new PayloadLimitException(message, false);
	}

	// Whether it is the limit on bytes, which is a setting.
	boolean isConfigurable() {
		return this.configurable;
	}

}
