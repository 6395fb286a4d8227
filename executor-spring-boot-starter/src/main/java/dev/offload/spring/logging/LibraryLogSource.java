package dev.offload.spring.logging;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import dev.offload.spi.WorkerLogSink;
import dev.offload.spi.WorkerLogSource;

/**
 * What is logged by Logback or by Log4j 2, whichever this worker uses.
 */
public final class LibraryLogSource implements WorkerLogSource {

	static final boolean LOGBACK = isOnClassPath("ch.qos.logback.classic.LoggerContext");

	static final boolean LOG4J = isOnClassPath("org.apache.logging.log4j.core.LoggerContext");

	/** Written once, before anything of the application runs. */
	private static volatile @Nullable WorkerLogSink sink;

	@Override
	public boolean isPresent() {
		return (LOGBACK && LogbackLogs.isInUse()) || (LOG4J && Log4jLogs.isInUse());
	}

	@Override
	public void start(WorkerLogSink started) {
		sink = started;
		attach();
		// A configuration that the library finds by itself is that of the service too.
		FileAppenders.detach();
	}

	/**
	 * Takes what is logged from now on, where that is wanted: to be called whenever the
	 * library was configured anew, which makes it forget all that was attached to it.
	 */
	public static void attach() {
		WorkerLogSink known = sink;
		if (known == null) {
			return;
		}
		if (LOGBACK) {
			LogbackLogs.attach(known);
		}
		if (LOG4J) {
			Log4jLogs.attach(known);
		}
	}

	private static boolean isOnClassPath(String type) {
		return ClassUtils.isPresent(type, LibraryLogSource.class.getClassLoader());
	}

}
