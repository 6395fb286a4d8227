package dev.offload.stranger;

import java.io.Serial;
import java.io.Serializable;

/**
 * A class of a library.
 */
public class LibraryEvent implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

}
