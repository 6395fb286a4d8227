package dev.offload.spi;

import java.io.InvalidObjectException;
import java.io.Serial;

/**
 * Thrown by a codec when a payload holds an object of a class that is not admitted.
 */
public class RefusedTypeException extends InvalidObjectException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String type;

	/**
	 * Creates one.
	 * @param type the name of the class
	 */
	public RefusedTypeException(String type) {
		super("class " + type + " is not admitted");
		this.type = type;
	}

	/**
	 * The class that was refused.
	 * @return its name
	 */
	public String type() {
		return this.type;
	}

}
