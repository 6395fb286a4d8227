package dev.offload.spi;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Something that was logged in a worker.
 *
 * @param level its level
 * @param origin where and when it was logged
 * @param message its message, with its arguments in it
 * @param context what the diagnostic context of its thread held
 * @param failure what was logged with it, {@code null} for nothing
 */
public record WorkerLogEvent(Level level, Origin origin, String message, Map<String, String> context,
		@Nullable Throwable failure) {

	/**
	 * Where and when something was logged.
	 *
	 * @param logger the name of its logger
	 * @param thread the name of its thread
	 * @param time when it was logged
	 */
	public record Origin(String logger, String thread, Instant time) {
	}

}
