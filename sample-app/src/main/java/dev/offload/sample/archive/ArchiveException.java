package dev.offload.sample.archive;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an invoice of an archive cannot be rendered.
 */
class ArchiveException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	ArchiveException(String number, @Nullable Throwable cause) {
		super(number + " could not be rendered: " + cause, cause);
	}

}
