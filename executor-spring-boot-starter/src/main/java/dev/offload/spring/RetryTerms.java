package dev.offload.spring;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadExecutor;
import dev.offload.RetrySpec;

/**
 * What an {@link OffloadRetry} says, over what an executor says. Immutable.
 *
 * @param said the annotation
 * @param delay its first pause
 * @param maxDelay its longest pause
 * @param quarantine how long it refuses what crashes workers
 */
record RetryTerms(OffloadRetry said, @Nullable Duration delay, @Nullable Duration maxDelay,
		@Nullable Duration quarantine) {

	/**
	 * Reads an annotation.
	 * @param said the annotation
	 * @param durations reads an attribute by its name and its text
	 * @return the rules, {@code null} if it says nothing
	 * @throws IllegalArgumentException if a value is wrong
	 */
	static @Nullable RetryTerms of(OffloadRetry said, BiFunction<String, String, @Nullable Duration> durations) {
		RetryTerms terms = new RetryTerms(said, durations.apply("retry.delay", said.delay()),
				durations.apply("retry.maxDelay", said.maxDelay()),
				durations.apply("retry.quarantine", said.quarantine()));
		if (terms.isSilent()) {
			return null;
		}
		// Fails for what no executor could make right.
		var unused = terms.over(RetrySpec.NONE);
		return terms;
	}

	private boolean isSilent() {
		return this.said.maxAttempts() == 0 && this.said.maxCrashes() == 0 && this.delay == null
				&& this.said.multiplier() == 0 && this.maxDelay == null && this.said.jitter() == -1
				&& this.said.includes().length == 0 && this.said.excludes().length == 0 && this.quarantine == null;
	}

	// Whether more is said than after how much a call is given up, and for how long.
	boolean triesAgain() {
		return this.said.maxAttempts() > 1 || this.said.maxCrashes() > 1 || this.delay != null
				|| this.said.multiplier() != 0 || this.maxDelay != null || this.said.jitter() != -1
				|| this.said.includes().length > 0 || this.said.excludes().length > 0;
	}

	// The rules of an executor.
	static RetrySpec of(OffloadExecutor executor) {
		return executor.spec().retry();
	}

	RetrySpec over(RetrySpec base) {
		Duration first = (this.delay != null) ? this.delay : base.delay();
		Duration longest = (this.maxDelay != null) ? this.maxDelay : base.maxDelay();
		if (this.maxDelay == null && longest.compareTo(first) < 0) {
			longest = first;
		}
		if (this.delay == null && longest.compareTo(first) < 0) {
			first = longest;
		}
		return base.withMaxAttempts((this.said.maxAttempts() != 0) ? this.said.maxAttempts() : base.maxAttempts())
			.withMaxCrashes((this.said.maxCrashes() != 0) ? this.said.maxCrashes() : base.maxCrashes())
			.withDelay(first, (this.said.multiplier() != 0) ? this.said.multiplier() : base.multiplier(), longest,
					(this.said.jitter() != -1) ? this.said.jitter() : base.jitter())
			.withExceptions(names(this.said.includes(), base.includes()), names(this.said.excludes(), base.excludes()))
			.withQuarantine((this.quarantine != null) ? this.quarantine : base.quarantine());
	}

	private static List<String> names(Class<? extends Throwable>[] types, List<String> otherwise) {
		return (types.length > 0) ? Arrays.stream(types).<String>map(Class::getName).toList() : otherwise;
	}

}
