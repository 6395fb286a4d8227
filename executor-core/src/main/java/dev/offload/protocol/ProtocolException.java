package dev.offload.protocol;

import java.io.IOException;
import java.io.Serial;

/**
 * Thrown when bytes are not a frame of this protocol. The connection cannot be used any
 * more.
 */
public class ProtocolException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates one.
	 * @param message what is wrong
	 */
	public ProtocolException(String message) {
		super(message);
	}

}
