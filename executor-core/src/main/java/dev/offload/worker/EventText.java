package dev.offload.worker;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.offload.codec.LoggedFailures;
import dev.offload.protocol.Message.LogEvent;
import dev.offload.spi.WorkerLogEvent;

/**
 * Turns what was logged into a message of limited length. What is cut says so.
 */
final class EventText {

	static final int MAX_MESSAGE = 16 * 1024;

	private static final int MAX_NAME = 256;

	private static final int MAX_VALUE = 1024;

	private static final int MAX_ENTRIES = 64;

	/** The key that says how many entries of a context were left out. */
	private static final String OMITTED = "offload.worker.context-omitted";

	private EventText() {
	}

	static LogEvent of(WorkerLogEvent event) {
		WorkerLogEvent.Origin origin = event.origin();
		return new LogEvent(event.level().toInt(), origin.time().toEpochMilli(), cut(origin.logger(), MAX_NAME),
				cut(origin.thread(), MAX_NAME), cut(event.message(), MAX_MESSAGE), context(event.context()),
				LoggedFailures.encode(event.failure()));
	}

	// Some libraries admit values that are null.
	private static Map<String, String> context(Map<String, String> all) {
		Map<String, String> context = new LinkedHashMap<>();
		for (Map.Entry<String, String> entry : all.entrySet()) {
			String value = entry.getValue();
			if (context.size() < MAX_ENTRIES && value != null) {
				context.put(cut(entry.getKey(), MAX_NAME), cut(value, MAX_VALUE));
			}
		}
		if (all.size() > MAX_ENTRIES) {
			context.put(OMITTED, Integer.toString(all.size() - MAX_ENTRIES));
		}
		return context;
	}

	private static String cut(@Nullable String text, int most) {
		String whole = String.valueOf(text);
		int excess = whole.length() - most;
		return (excess <= 0) ? whole : whole.substring(0, most) + "... (" + excess + " more characters)";
	}

}
