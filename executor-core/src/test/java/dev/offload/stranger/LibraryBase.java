package dev.offload.stranger;

import java.io.Serial;
import java.io.Serializable;

/**
 * An abstract class of a library that an application extends.
 */
public abstract class LibraryBase implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String id;

	protected LibraryBase(String id) {
		this.id = id;
	}

	public String id() {
		return this.id;
	}

}
