package dev.offload;

import java.time.Duration;
import java.util.List;

/**
 * Whether and how a task is tried again after it failed. Nothing is tried again by
 * default: only who knows the work can say that doing it twice does no harm. Immutable.
 *
 * @param maxAttempts how often it may be tried in all, at least 1; what ends by a crash
 * of its worker is counted apart
 * @param maxCrashes how many workers it may crash until it is given up, at least 1, which
 * is to give it up at once
 * @param delay the pause before the second attempt
 * @param multiplier by what the pause grows with each further attempt, at least 1
 * @param maxDelay the longest pause
 * @param jitter how much of a pause is left to chance, from 0 for nothing to 1
 * @param includes names of exception classes after which it is tried again, with their
 * subclasses; empty for all exceptions
 * @param excludes names of exception classes after which it is not, with their
 * subclasses; these go first
 * @param quarantine how long work is refused that has crashed {@code maxCrashes} workers
 * in that time, {@link Duration#ZERO} for not at all
 */
public record RetrySpec(int maxAttempts, int maxCrashes, Duration delay, double multiplier, Duration maxDelay,
		double jitter, List<String> includes, List<String> excludes, Duration quarantine) {

	/**
	 * One attempt, one crash, no quarantine; pauses from a second, doubled up to a
	 * minute, with a tenth left to chance, for whoever asks for more attempts.
	 */
	public static final RetrySpec NONE = new RetrySpec(1, 1, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.1,
			List.of(), List.of(), Duration.ZERO);

	public RetrySpec {
		includes = List.copyOf(includes);
		excludes = List.copyOf(excludes);
		SpecChecks checks = new SpecChecks(null);
		checks.atLeast("retry.max-attempts", maxAttempts, 1);
		checks.atLeast("retry.max-crashes", maxCrashes, 1);
		checks.notNegative("retry.delay", delay);
		if (!(multiplier >= 1 && Double.isFinite(multiplier))) {
			checks.wrong("retry.multiplier", "must be at least 1", multiplier);
		}
		if (maxDelay.compareTo(delay) < 0) {
			checks.wrong("retry.max-delay", "must not be below retry.delay " + delay, maxDelay);
		}
		if (!(jitter >= 0 && jitter <= 1)) {
			checks.wrong("retry.jitter", "must be from 0 to 1", jitter);
		}
		checks.notNegative("retry.quarantine", quarantine);
		checks.end();
	}

	/**
	 * Whether nothing is tried again by these rules, nor put into quarantine.
	 * @return {@code true} if they ask for nothing
	 */
	public boolean isNone() {
		return this.maxAttempts == 1 && this.maxCrashes == 1 && this.quarantine.isZero();
	}

	/**
	 * A copy with another number of attempts.
	 * @param value how often a task may be tried in all, at least 1
	 * @return the copy
	 */
	public RetrySpec withMaxAttempts(int value) {
		return new RetrySpec(value, this.maxCrashes, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.includes, this.excludes, this.quarantine);
	}

	/**
	 * A copy with another number of crashes.
	 * @param value how many workers a task may crash until it is given up, at least 1
	 * @return the copy
	 */
	public RetrySpec withMaxCrashes(int value) {
		return new RetrySpec(this.maxAttempts, value, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.includes, this.excludes, this.quarantine);
	}

	/**
	 * A copy with other pauses.
	 * @param first the pause before the second attempt
	 * @param factor by what it grows with each further attempt, at least 1
	 * @param longest the longest pause
	 * @param chance how much of a pause is left to chance, from 0 to 1
	 * @return the copy
	 */
	public RetrySpec withDelay(Duration first, double factor, Duration longest, double chance) {
		return new RetrySpec(this.maxAttempts, this.maxCrashes, first, factor, longest, chance, this.includes,
				this.excludes, this.quarantine);
	}

	/**
	 * A copy for other exceptions.
	 * @param included names of classes after which a task is tried again, empty for all
	 * @param excluded names of classes after which it is not
	 * @return the copy
	 */
	public RetrySpec withExceptions(List<String> included, List<String> excluded) {
		return new RetrySpec(this.maxAttempts, this.maxCrashes, this.delay, this.multiplier, this.maxDelay, this.jitter,
				included, excluded, this.quarantine);
	}

	/**
	 * A copy with another quarantine.
	 * @param value how long work is refused that crashes workers, {@link Duration#ZERO}
	 * for not at all
	 * @return the copy
	 */
	public RetrySpec withQuarantine(Duration value) {
		return new RetrySpec(this.maxAttempts, this.maxCrashes, this.delay, this.multiplier, this.maxDelay, this.jitter,
				this.includes, this.excludes, value);
	}

}
