package dev.offload;

/**
 * When workers start.
 */
public enum StartMode {

	/**
	 * With the first task.
	 */
	LAZY,

	/**
	 * In the background, as soon as the application is ready.
	 */
	EAGER

}
