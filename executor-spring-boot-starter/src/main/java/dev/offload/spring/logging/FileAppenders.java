package dev.offload.spring.logging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

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
			Logback.detach();
		}
		if (LibraryLogSource.LOG4J) {
			Log4jLogs.detachFiles();
		}
	}

	/**
	 * Loaded only where Logback is.
	 */
	static final class Logback {

		/** The context of which it is told when it is configured. */
		private static final AtomicReference<@Nullable LoggerContext> followed = new AtomicReference<>();

		private Logback() {
		}

		static void detach() {
			if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
				detach(context);
			}
		}

		static void detach(LoggerContext context) {
			context.getLoggerList().forEach(Logback::detachFrom);
			LogbackLogs.onConfiguration(context, followed, () -> {
				if (!areKept()) {
					context.getLoggerList().forEach(Logback::detachFrom);
				}
			});
		}

		private static void detachFrom(AppenderAttachable<ILoggingEvent> parent) {
			for (Appender<ILoggingEvent> appender : appendersOf(parent)) {
				if (appender instanceof FileAppender<?>) {
					parent.detachAppender(appender);
					appender.stop();
				}
				else if (appender instanceof AppenderAttachable<?>) {
					detachFrom(attachable(appender));
				}
			}
		}

		// Such as an asynchronous appender before the one that writes.
		@SuppressWarnings("unchecked")
		private static AppenderAttachable<ILoggingEvent> attachable(Appender<ILoggingEvent> appender) {
			return (AppenderAttachable<ILoggingEvent>) appender;
		}

		private static List<Appender<ILoggingEvent>> appendersOf(AppenderAttachable<ILoggingEvent> parent) {
			List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
			Iterator<Appender<ILoggingEvent>> iterator = parent.iteratorForAppenders();
			iterator.forEachRemaining(appenders::add);
			return appenders;
		}

	}

}
