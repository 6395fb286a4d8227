package dev.offload.transport;

import java.io.IOException;
import java.io.Serial;

/**
 * Thrown when a message could not be sent and not one byte of it was written: the other
 * side cannot have seen any of it.
 */
public class UnsentException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	UnsentException(IOException cause) {
		super(cause);
	}

}
