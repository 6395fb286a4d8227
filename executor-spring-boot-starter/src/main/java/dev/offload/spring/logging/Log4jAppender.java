package dev.offload.spring.logging;

import java.time.Instant;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

import dev.offload.spi.WorkerLogEvent;
import dev.offload.spi.WorkerLogSink;

/**
 * Gives what Log4j logs to the service.
 */
final class Log4jAppender extends AbstractAppender {

	static final String NAME = "dev.offload.worker.forward";

	private final WorkerLogSink sink;

	Log4jAppender(WorkerLogSink sink) {
		super(NAME, null, null, true, Property.EMPTY_ARRAY);
		this.sink = sink;
	}

	@Override
	public void append(LogEvent event) {
		Instant time = Instant.ofEpochMilli(event.getInstant().getEpochMillisecond());
		this.sink.accept(new WorkerLogEvent(level(event.getLevel()),
				new WorkerLogEvent.Origin(event.getLoggerName(), event.getThreadName(), time),
				event.getMessage().getFormattedMessage(), event.getContextData().toMap(), event.getThrown()));
	}

	private static org.slf4j.event.Level level(Level level) {
		if (level.isMoreSpecificThan(Level.ERROR)) {
			return org.slf4j.event.Level.ERROR;
		}
		if (level.isMoreSpecificThan(Level.WARN)) {
			return org.slf4j.event.Level.WARN;
		}
		if (level.isMoreSpecificThan(Level.INFO)) {
			return org.slf4j.event.Level.INFO;
		}
		return level.isMoreSpecificThan(Level.DEBUG) ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.TRACE;
	}

}
