package dev.offload;

/**
 * What happens when workers with beans would lack properties of their service, or have
 * other values of them.
 */
public enum UnsentProperties {

	/**
	 * A warning names them, once.
	 */
	WARN,

	/**
	 * The application, or the worker where they are found later, does not start.
	 */
	FAIL

}
