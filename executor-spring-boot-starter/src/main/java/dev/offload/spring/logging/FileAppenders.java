package dev.offload.spring.logging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import org.slf4j.LoggerFactory;

/**
 * Takes away the file appenders of an application's own configuration of Logback or Log4j
 * 2: two processes that write and roll one file destroy it.
 */
public final class FileAppenders {

	private FileAppenders() {
	}

	/**
	 * Takes them away. To be called again when the library was configured anew.
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
	private static final class Logback {

		static void detach() {
			if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
				for (Logger logger : context.getLoggerList()) {
					detach(logger);
				}
			}
		}

		private static void detach(AppenderAttachable<ILoggingEvent> parent) {
			for (Appender<ILoggingEvent> appender : appendersOf(parent)) {
				if (appender instanceof FileAppender<?>) {
					parent.detachAppender(appender);
					appender.stop();
				}
				else if (appender instanceof AppenderAttachable<?>) {
					detach(attachable(appender));
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
