package dev.offload.spring.logging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

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

	/** The context whose configurations get our appender. */
	private static final AtomicReference<@Nullable LoggerContext> forwarded = new AtomicReference<>();

	/** The context whose configurations lose their files. */
	private static final AtomicReference<@Nullable LoggerContext> withoutFiles = new AtomicReference<>();

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
		onConfiguration(context, forwarded, () -> attach(context, sink));
	}

	private static void attach(LoggerContext context, WorkerLogSink sink) {
		LogbackAppender appender = new LogbackAppender(sink);
		appender.setContext(context);
		appender.start();
		Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		for (Logger logger : context.getLoggerList()) {
			boolean wrote = detach(logger, LogbackLogs::isConsole);
			wrote = wrote || hasFile(logger);
			if ((logger == root || (wrote && !logger.isAdditive()))
					&& logger.getAppender(LogbackAppender.NAME) == null) {
				logger.addAppender(appender);
			}
		}
	}

	static void detachFiles() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			detachFiles(context);
		}
	}

	// Now, and when it is configured again.
	static void detachFiles(LoggerContext context) {
		detachAllFiles(context);
		onConfiguration(context, withoutFiles, () -> {
			if (!FileAppenders.areKept()) {
				detachAllFiles(context);
			}
		});
	}

	private static void detachAllFiles(LoggerContext context) {
		context.getLoggerList().forEach((logger) -> detach(logger, LogbackLogs::isFile));
	}

	/**
	 * Does something each time when a context was configured from a file. A reset of the
	 * context leaves that in place.
	 * @param context the context
	 * @param known the context for which this was asked last
	 * @param action what to do
	 */
	private static void onConfiguration(LoggerContext context, AtomicReference<@Nullable LoggerContext> known,
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

	// Whether there was one.
	private static boolean detach(AppenderAttachable<ILoggingEvent> parent, Predicate<Appender<?>> kind) {
		boolean found = false;
		for (Appender<ILoggingEvent> appender : appendersOf(parent)) {
			if (kind.test(appender)) {
				parent.detachAppender(appender);
				appender.stop();
				found = true;
			}
			else if (appender instanceof AppenderAttachable<?>) {
				found |= detach(attachable(appender), kind);
			}
		}
		return found;
	}

	private static boolean hasFile(AppenderAttachable<ILoggingEvent> parent) {
		return appendersOf(parent).stream()
			.anyMatch((appender) -> isFile(appender)
					|| (appender instanceof AppenderAttachable<?> && hasFile(attachable(appender))));
	}

	private static boolean isConsole(Appender<?> appender) {
		return appender instanceof ConsoleAppender<?>;
	}

	private static boolean isFile(Appender<?> appender) {
		return appender instanceof FileAppender<?>;
	}

	private static List<Appender<ILoggingEvent>> appendersOf(AppenderAttachable<ILoggingEvent> parent) {
		List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
		parent.iteratorForAppenders().forEachRemaining(appenders::add);
		return appenders;
	}

	// Such as an asynchronous appender before the one that writes.
	@SuppressWarnings("unchecked")
	private static AppenderAttachable<ILoggingEvent> attachable(Appender<ILoggingEvent> appender) {
		return (AppenderAttachable<ILoggingEvent>) appender;
	}

}
