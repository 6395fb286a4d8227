package dev.offload.spring.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.BasicConfigurator;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.ConfigurationEvent.EventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import dev.offload.spi.WorkerLogSink;

/**
 * Puts our appender in the place of those that write to the console, so that no event is
 * seen twice. All others stay. Does so again when a configuration is read anew, as one
 * that is scanned for changes is. Loaded only where Logback is.
 */
final class LogbackLogs {

	/** The context of which it is told when it is configured. */
	private static final AtomicReference<@Nullable LoggerContext> followed = new AtomicReference<>();

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
			follow(context, sink);
		}
	}

	// Now, and when it is configured again.
	static void follow(LoggerContext context, WorkerLogSink sink) {
		attach(context, sink);
		onConfiguration(context, followed, () -> attach(context, sink));
	}

	private static void attach(LoggerContext context, WorkerLogSink sink) {
		LogbackAppender appender = new LogbackAppender(sink);
		appender.setContext(context);
		appender.start();
		Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		for (Logger logger : context.getLoggerList()) {
			boolean wrote = detachConsoles(logger);
			if ((logger == root || (wrote && !logger.isAdditive()))
					&& logger.getAppender(LogbackAppender.NAME) == null) {
				logger.addAppender(appender);
			}
		}
	}

	/**
	 * Does something each time when a context was configured from a file. A reset of the
	 * context leaves that in place.
	 * @param context the context
	 * @param known the context for which this was asked last
	 * @param action what to do
	 */
	static void onConfiguration(LoggerContext context, AtomicReference<@Nullable LoggerContext> known,
			Runnable action) {
		if (!context.equals(known.getAndSet(context))) {
			context.addConfigurationEventListener((event) -> {
				EventType type = event.getEventType();
				if (type == EventType.CONFIGURATION_ENDED_SUCCESSFULLY
						|| type == EventType.CONFIGURATION_ENDED_WITH_XML_PARSING_ERRORS) {
					action.run();
				}
			});
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
