package dev.offload.codec;

import java.io.IOException;
import java.io.Serial;

/**
 * Thrown inside the codec when a payload is over a limit.
 */
final class PayloadLimitException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final boolean configurable;

	private PayloadLimitException(String message, boolean configurable) {
		super(message);
		this.configurable = configurable;
	}

	static PayloadLimitException ofBytes(long limit) {
		return new PayloadLimitException("it is over the limit of " + limit + " bytes", true);
	}

	static PayloadLimitException ofShape(String message) {
		return new PayloadLimitException(message, false);
	}

	// Whether it is the limit on bytes, which is a setting.
	boolean isConfigurable() {
		return this.configurable;
	}

}
