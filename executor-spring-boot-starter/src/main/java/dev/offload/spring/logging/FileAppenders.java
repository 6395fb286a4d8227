package dev.offload.spring.logging;

/**
 * Takes away the file appenders of an application's own configuration of Logback or Log4j
 * 2: two processes that write and roll one file destroy it.
 */
public final class FileAppenders {

	/** Set before the application's logging is configured: it may have its files. */
	private static volatile boolean kept;

	private FileAppenders() {
	}

	/**
	 * Leaves those alone that later configurations have.
	 */
	public static void keep() {
		kept = true;
	}

	static boolean areKept() {
		return kept;
	}

	/**
	 * Takes them away, now and when a configuration is read anew from its file. To be
	 * called again when the library was configured in another way.
	 */
	public static void detach() {
		if (LibraryLogSource.LOGBACK) {
			LogbackLogs.detachFiles();
		}
		if (LibraryLogSource.LOG4J) {
			Log4jLogs.detachFiles();
		}
	}

}
