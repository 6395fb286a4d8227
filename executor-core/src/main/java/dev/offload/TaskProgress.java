package dev.offload;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far a task says it is.
 *
 * @param done how much is done, in whatever unit
 * @param total how much there is, {@code -1} if it does not know
 * @param message what it is doing, {@code null} if it does not say
 * @param at when the service heard of it
 */
public record TaskProgress(long done, long total, @Nullable String message, Instant at) {
}
