package dev.offload;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a task went where.
 *
 * @param submittedAt when it was submitted
 * @param startedAt when its last attempt was handed to a slot, {@code null} before
 * @param finishedAt when it came to its end, {@code null} before
 * @param waiting how long its last attempt has waited for a slot
 * @param running how long its last attempt has run
 */
public record TaskTimes(Instant submittedAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
		Duration waiting, Duration running) {
}
