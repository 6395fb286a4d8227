package dev.offload.spring.logging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.event.KeyValuePair;

import dev.offload.spi.WorkerLogEvent;
import dev.offload.spi.WorkerLogSink;

/**
 * Gives what Logback logs to the service.
 */
final class LogbackAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	static final String NAME = "dev.offload.worker.forward";

	private final WorkerLogSink sink;

	LogbackAppender(WorkerLogSink sink) {
		this.sink = sink;
		setName(NAME);
	}

	@Override
	protected void append(ILoggingEvent event) {
		Throwable failure = (event.getThrowableProxy() instanceof ThrowableProxy proxy) ? proxy.getThrowable() : null;
		this.sink.accept(new WorkerLogEvent(level(event.getLevel()),
				new WorkerLogEvent.Origin(event.getLoggerName(), event.getThreadName(), event.getInstant()),
				event.getFormattedMessage(), context(event), failure));
	}

	private static org.slf4j.event.Level level(Level level) {
		if (level.isGreaterOrEqual(Level.ERROR)) {
			return org.slf4j.event.Level.ERROR;
		}
		if (level.isGreaterOrEqual(Level.WARN)) {
			return org.slf4j.event.Level.WARN;
		}
		if (level.isGreaterOrEqual(Level.INFO)) {
			return org.slf4j.event.Level.INFO;
		}
		return level.isGreaterOrEqual(Level.DEBUG) ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.TRACE;
	}

	private static Map<String, String> context(ILoggingEvent event) {
		List<KeyValuePair> pairs = event.getKeyValuePairs();
		if (pairs == null || pairs.isEmpty()) {
			return event.getMDCPropertyMap();
		}
		Map<String, String> context = new HashMap<>(event.getMDCPropertyMap());
		pairs.forEach((pair) -> context.putIfAbsent(pair.key, String.valueOf(pair.value)));
		return context;
	}

}
