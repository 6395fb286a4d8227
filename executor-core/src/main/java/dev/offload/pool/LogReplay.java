package dev.offload.pool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

import dev.offload.codec.LoggedFailures;
import dev.offload.protocol.Message;
import dev.offload.protocol.Message.LogEvent;
import dev.offload.protocol.Message.LogsDropped;
import dev.offload.protocol.ProtocolException;

/**
 * Logs here what workers logged: with the same logger, level, thread and diagnostic
 * context, and with the name of the executor and the worker's process id. Adds it to
 * their last output too. Used by the threads that read the logs of workers.
 */
final class LogReplay {

	/** The longest message of a worker's log. */
	static final int MAX_BYTES = 1024 * 1024;

	private static final String EXECUTOR = "offload.executor";

	private static final String PID = "offload.worker.pid";

	private static final String TIME = "offload.worker.time";

	private static final String DROPPED = " log events were dropped, for they are logged here more slowly than there";

	private static final Logger logger = LoggerFactory.getLogger(LogReplay.class);

	private final String executor;

	private final SafeRedactor redactor;

	private final ReplayedLoggers loggers;

	LogReplay(String executor, SafeRedactor redactor) {
		this.executor = executor;
		this.redactor = redactor;
		this.loggers = new ReplayedLoggers(executor, ReplayedLoggers.MAX_NAMES);
	}

	/**
	 * Logs a message of a worker.
	 * @param worker the worker
	 * @param message the message
	 * @throws ProtocolException if it is none that is said there
	 */
	void replay(Worker worker, Message message) throws ProtocolException {
		if (message instanceof LogEvent event) {
			Level level = level(event);
			Throwable failure = failure(event);
			quietly(() -> log(worker, event, level, failure));
		}
		else if (message instanceof LogsDropped dropped) {
			worker.process().addOutput(dropped.count() + DROPPED);
			quietly(() -> this.loggers.own()
				.warn("[{} {}] {}" + DROPPED, this.executor, worker.pid(), dropped.count()));
		}
		else {
			throw new ProtocolException("A worker does not say " + message.getClass().getSimpleName() + " as its log");
		}
	}

	private static Level level(LogEvent event) throws ProtocolException {
		try {
			return Level.intToLevel(event.level());
		}
		catch (IllegalArgumentException ex) {
			throw new ProtocolException("A log event of level " + event.level());
		}
	}

	private @Nullable Throwable failure(LogEvent event) throws ProtocolException {
		try {
			return LoggedFailures.decode(event.failure(), this.redactor::redact);
		}
		catch (IOException ex) {
			throw new ProtocolException("A log event with an exception that cannot be read: " + ex.getMessage());
		}
	}

	private void log(Worker worker, LogEvent event, Level level, @Nullable Throwable failure) {
		String text = redact(event.text());
		addOutput(worker, event, level + " [" + event.thread() + "] " + event.logger() + " - " + text, failure);
		Logger target = this.loggers.of(event.logger());
		if (!target.isEnabledForLevel(level)) {
			return;
		}
		String named = target.getName().equals(event.logger()) ? text : event.logger() + " - " + text;
		Map<String, String> contextBefore = MDC.getCopyOfContextMap();
		String nameBefore = Thread.currentThread().getName();
		MDC.setContextMap(context(worker, event));
		// No other way to tell the thread is known to all that may be behind SLF4J.
		Thread.currentThread().setName(event.thread());
		try {
			target.atLevel(level).setCause(failure).log("[" + this.executor + " " + worker.pid() + "] " + named);
		}
		finally {
			Thread.currentThread().setName(nameBefore);
			restore(contextBefore);
		}
	}

	private static void addOutput(Worker worker, LogEvent event, String text, @Nullable Throwable failure) {
		StringWriter lines = new StringWriter();
		lines.append(Instant.ofEpochMilli(event.millis()).toString()).append(' ').append(text).append('\n');
		if (failure != null) {
			failure.printStackTrace(new PrintWriter(lines));
		}
		lines.toString().lines().forEach(worker.process()::addOutput);
	}

	private Map<String, String> context(Worker worker, LogEvent event) {
		Map<String, String> context = new HashMap<>();
		event.context().forEach((key, value) -> context.put(key, redact(value)));
		context.put(EXECUTOR, this.executor);
		context.put(PID, Long.toString(worker.pid()));
		context.put(TIME, Instant.ofEpochMilli(event.millis()).toString());
		return context;
	}

	private static void restore(@Nullable Map<String, String> context) {
		if (context != null) {
			MDC.setContextMap(context);
		}
		else {
			MDC.clear();
		}
	}

	private String redact(String text) {
		return text.lines().map(this.redactor::redact).collect(Collectors.joining("\n"));
	}

	// A log that fails must not stop the worker, whose log would be full.
	private static void quietly(Runnable logging) {
		try {
			logging.run();
		}
		catch (RuntimeException | Error ex) {
			logger.debug("What a worker logged cannot be logged here", ex);
		}
	}

}
