package dev.offload.stranger;

import java.io.Serial;
import java.io.Serializable;

/**
 * An exception of a library with a field.
 */
public class LibraryException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Serializable detail;

	public LibraryException(String message, Serializable detail) {
		super(message);
		this.detail = detail;
	}

	public Serializable detail() {
		return this.detail;
	}

}
