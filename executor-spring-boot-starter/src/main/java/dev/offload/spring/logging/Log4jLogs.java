package dev.offload.spring.logging;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.jspecify.annotations.Nullable;

import dev.offload.spi.WorkerLogSink;

/**
 * Puts our appender in the place of those that write to the console, so that no event is
 * seen twice. All others stay. Does so again with each other configuration that the
 * context gets, as one that is watched for changes. Loaded only where Log4j is.
 */
final class Log4jLogs {

	/** The context whose configurations get our appender. */
	private static final AtomicReference<@Nullable LoggerContext> forwarded = new AtomicReference<>();

	/** The context whose configurations lose their files. */
	private static final AtomicReference<@Nullable LoggerContext> withoutFiles = new AtomicReference<>();

	private Log4jLogs() {
	}

	static boolean isInUse() {
		return LogManager.getContext(false) instanceof LoggerContext;
	}

	static void attach(WorkerLogSink sink) {
		if (LogManager.getContext(false) instanceof LoggerContext context) {
			attach(context, sink);
			onConfiguration(context, forwarded, () -> attach(context, sink));
		}
	}

	private static void attach(LoggerContext context, WorkerLogSink sink) {
		Configuration configuration = context.getConfiguration();
		LoggerConfig root = configuration.getRootLogger();
		if (configuration instanceof DefaultConfiguration) {
			// Its own choice is to log errors only.
			root.setLevel(Level.INFO);
		}
		Log4jAppender appender = new Log4jAppender(sink);
		appender.start();
		for (LoggerConfig logger : loggers(configuration)) {
			boolean wrote = detach(logger, Log4jLogs::isConsole);
			wrote = wrote || hasFile(logger);
			if ((logger.equals(root) || (wrote && !logger.isAdditive()))
					&& !logger.getAppenders().containsKey(Log4jAppender.NAME)) {
				logger.addAppender(appender, null, null);
			}
		}
		context.updateLoggers();
	}

	static void detachFiles() {
		if (LogManager.getContext(false) instanceof LoggerContext context) {
			detachFiles(context);
			onConfiguration(context, withoutFiles, () -> {
				if (!FileAppenders.areKept()) {
					detachFiles(context);
				}
			});
		}
	}

	private static void detachFiles(LoggerContext context) {
		loggers(context.getConfiguration()).forEach((logger) -> detach(logger, Log4jLogs::isFile));
		context.updateLoggers();
	}

	// Does it each time when a configuration has taken the place of another.
	private static void onConfiguration(LoggerContext context, AtomicReference<@Nullable LoggerContext> known,
			Runnable action) {
		if (!context.equals(known.getAndSet(context))) {
			context.addPropertyChangeListener((event) -> {
				// With the same one its loggers were updated, as they are here.
				if (LoggerContext.PROPERTY_CONFIG.equals(event.getPropertyName())
						&& !Objects.equals(event.getOldValue(), event.getNewValue())) {
					action.run();
				}
			});
		}
	}

	private static Set<LoggerConfig> loggers(Configuration configuration) {
		Set<LoggerConfig> loggers = new LinkedHashSet<>(configuration.getLoggers().values());
		loggers.add(configuration.getRootLogger());
		return loggers;
	}

	// Whether there was one.
	private static boolean detach(LoggerConfig logger, Predicate<Appender> kind) {
		boolean found = false;
		for (Appender appender : List.copyOf(logger.getAppenders().values())) {
			if (kind.test(appender)) {
				logger.removeAppender(appender.getName());
				found = true;
			}
			else if (appender instanceof AsyncAppender async && async.getAppenders().stream().anyMatch(kind)) {
				logger.removeAppender(appender.getName());
				found = true;
				keepOthers(logger, async);
			}
		}
		return found;
	}

	// Those behind it cannot be taken away from it: the logger gets the others itself.
	private static void keepOthers(LoggerConfig logger, AsyncAppender async) {
		async.getAppenders()
			.stream()
			.filter((each) -> !isConsole(each) && !isFile(each))
			.forEach((each) -> logger.addAppender(each, null, async.getFilter()));
	}

	private static boolean hasFile(LoggerConfig logger) {
		return logger.getAppenders().values().stream().anyMatch(Log4jLogs::isFile);
	}

	private static boolean isConsole(Appender appender) {
		return appender instanceof ConsoleAppender;
	}

	// They have it in their names, and have nothing else in common.
	private static boolean isFile(Appender appender) {
		return appender.getClass().getSimpleName().endsWith("FileAppender");
	}

}
