package dev.offload;

/**
 * What a worker process knows of the application.
 */
public enum WorkerContext {

	/**
	 * The application's beans, in a context that starts nothing by itself.
	 */
	APPLICATION,

	/**
	 * The beans of the configuration classes named by {@code worker.sources} only.
	 */
	SOURCES,

	/**
	 * No beans and no properties: static methods and plain classes.
	 */
	NONE

}
