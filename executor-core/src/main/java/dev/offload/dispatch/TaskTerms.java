package dev.offload.dispatch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.offload.RetrySpec;

/**
 * On what terms a task waits and runs, which it keeps whatever becomes of the limits of
 * its executor.
 *
 * @param timeout the limit of its run, zero for none
 * @param queueTimeout the limit of its wait, zero for none
 * @param killGrace the limit of what is left of its run once it was interrupted
 * @param priority how urgent it is while it waits, lower is more
 * @param retry by which rules it is tried again or put into quarantine, {@code null} for
 * neither
 */
record TaskTerms(Duration timeout, Duration queueTimeout, Duration killGrace, int priority, @Nullable RetrySpec retry) {

}
