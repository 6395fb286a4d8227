package dev.offload.spring.logging;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.BasicConfigurator;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import org.slf4j.LoggerFactory;

import dev.offload.spi.WorkerLogSink;

/**
 * Puts our appender in the place of those that write to the console, so that no event is
 * seen twice. All others stay. Loaded only where Logback is.
 */
final class LogbackLogs {

	private LogbackLogs() {
	}

	static boolean isInUse() {
		return LoggerFactory.getILoggerFactory() instanceof LoggerContext;
	}

	static void attach(WorkerLogSink sink) {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
			if (isUnconfigured(context)) {
				// Logback's own choice is to log all that there is.
				root.setLevel(Level.INFO);
			}
			LogbackAppender appender = new LogbackAppender(sink);
			appender.setContext(context);
			appender.start();
			for (Logger logger : context.getLoggerList()) {
				boolean wrote = detachConsoles(logger);
				if ((logger == root || (wrote && !logger.isAdditive()))
						&& logger.getAppender(LogbackAppender.NAME) == null) {
					logger.addAppender(appender);
				}
			}
		}
	}

	private static boolean isUnconfigured(LoggerContext context) {
		return context.getStatusManager()
			.getCopyOfStatusList()
			.stream()
			.anyMatch((status) -> status.getOrigin() instanceof BasicConfigurator);
	}

	// Whether there was one, or one that writes to a file.
	private static boolean detachConsoles(AppenderAttachable<ILoggingEvent> parent) {
		boolean wrote = false;
		List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
		parent.iteratorForAppenders().forEachRemaining(appenders::add);
		for (Appender<ILoggingEvent> appender : appenders) {
			if (appender instanceof ConsoleAppender<?>) {
				parent.detachAppender(appender);
				appender.stop();
				wrote = true;
			}
			else if (appender instanceof AppenderAttachable<?>) {
				wrote |= detachConsoles(attachable(appender));
			}
			wrote |= appender instanceof FileAppender<?>;
		}
		return wrote;
	}

	// Such as an asynchronous appender before the one that writes.
	@SuppressWarnings("unchecked")
	private static AppenderAttachable<ILoggingEvent> attachable(Appender<ILoggingEvent> appender) {
		return (AppenderAttachable<ILoggingEvent>) appender;
	}

}
