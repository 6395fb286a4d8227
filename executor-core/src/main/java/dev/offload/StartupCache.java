package dev.offload;

/**
 * Whether workers leave something behind by which those after them start faster.
 */
public enum StartupCache {

	/**
	 * A start-up cache is made in the background and used where that is possible: class
	 * data sharing, from JDK 25 on an AOT cache.
	 */
	AUTO,

	/**
	 * Each worker starts from nothing.
	 */
	OFF

}
