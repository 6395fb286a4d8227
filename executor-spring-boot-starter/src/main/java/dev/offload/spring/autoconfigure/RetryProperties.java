package dev.offload.spring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The settings of an executor in configuration files that say whether and how tasks are
 * tried again; what is {@code null} was not set.
 *
 * @param maxAttempts How often a task may be tried in all. What ends by a crash of its
 * worker is counted apart.
 * @param maxCrashes How many workers a task may crash until it is given up.
 * @param delay The pause before the second attempt.
 * @param multiplier By what the pause grows with each further attempt.
 * @param maxDelay The longest pause.
 * @param jitter How much of a pause is left to chance, from 0 for nothing to 1.
 * @param includes Exception classes after which a task is tried again, with their
 * subclasses. Default is every exception of the task itself.
 * @param excludes Exception classes after which a task is not tried again, with their
 * subclasses.
 * @param quarantine How long work is refused that has crashed max-crashes workers in that
 * time. Zero means not at all.
 */
public record RetryProperties(@Nullable Integer maxAttempts, @Nullable Integer maxCrashes, @Nullable Duration delay,
		@Nullable Double multiplier, @Nullable Duration maxDelay, @Nullable Double jitter,
		@Nullable List<String> includes, @Nullable List<String> excludes, @Nullable Duration quarantine) {

}
