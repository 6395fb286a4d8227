package dev.offload;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The limits of an executor that can be changed while it works; what is {@code null}
 * stays as it is. Immutable.
 * <p>
 * Left out is what concerns workers that are there already or the meaning of a task:
 * {@code threads-per-worker}, {@code overload}, the limits of a worker's life and of
 * payloads, and all of {@code worker.*}. These need another executor.
 *
 * @param maxWorkers the most workers, processes or threads, at a time
 * @param minWorkers the workers kept ready
 * @param spareWorkers the workers kept ready without a task, beside those that have one
 * @param maxPending the most tasks accepted and not ended
 * @param maxPendingBytes the most bytes of encoded arguments held at a time
 * @param overloadWait how long a caller waits for room; those that wait already wait for
 * as long as they did
 * @param rateLimit how many tasks may come in a period, 0 for as many as like
 * @param rateLimitPeriod the period
 * @param queueTimeout how long a task may wait for a slot, for tasks that are accepted
 * from then on
 * @param timeout how long a task may run, for tasks that are accepted from then on
 * @param killGrace how long a task may go on after it was interrupted, for tasks that are
 * accepted from then on
 * @param idleTimeout after how long without a task a worker is ended
 */
public record ExecutorLimits(@Nullable Integer maxWorkers, @Nullable Integer minWorkers, @Nullable Integer spareWorkers,
		@Nullable Integer maxPending, @Nullable Long maxPendingBytes, @Nullable Duration overloadWait,
		@Nullable Integer rateLimit, @Nullable Duration rateLimitPeriod, @Nullable Duration queueTimeout,
		@Nullable Duration timeout, @Nullable Duration killGrace, @Nullable Duration idleTimeout) {

	/**
	 * Not one limit.
	 */
	public static final ExecutorLimits NONE = builder().build();

	/** Without {@code max-pending-bytes} such a part of the heap. */
	private static final int PART_OF_HEAP = 4;

	/**
	 * Starts without any limit.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * All limits that settings say, by default or not. Those without
	 * {@code max-pending-bytes} mean a quarter of this JVM's heap.
	 * @param spec the settings
	 * @return the limits, with none absent
	 */
	public static ExecutorLimits of(ExecutorSpec spec) {
		Long bytes = spec.maxPendingBytes();
		return new ExecutorLimits(spec.maxWorkers(), spec.minWorkers(), spec.spareWorkers(), spec.maxPending(),
				(bytes != null) ? bytes : Long.valueOf(Runtime.getRuntime().maxMemory() / PART_OF_HEAP),
				spec.overloadWait(), spec.rateLimit(), spec.rateLimitPeriod(), spec.queueTimeout(), spec.timeout(),
				spec.killGrace(), spec.idleTimeout());
	}

	/**
	 * Settings with these limits in the place of their own.
	 * @param spec the settings
	 * @return the same with these limits
	 * @throws InvalidSettingException if together they are wrong; the message names the
	 * setting and the value
	 */
	public ExecutorSpec applyTo(ExecutorSpec spec) {
		return spec.toBuilder()
			.maxWorkers(first(this.maxWorkers, spec.maxWorkers()))
			.minWorkers(first(this.minWorkers, spec.minWorkers()))
			.spareWorkers(first(this.spareWorkers, spec.spareWorkers()))
			.maxPending(first(this.maxPending, spec.maxPending()))
			.maxPendingBytes((this.maxPendingBytes != null) ? this.maxPendingBytes : spec.maxPendingBytes())
			.overloadWait(first(this.overloadWait, spec.overloadWait()))
			.rateLimit(first(this.rateLimit, spec.rateLimit()))
			.rateLimitPeriod(first(this.rateLimitPeriod, spec.rateLimitPeriod()))
			.queueTimeout(first(this.queueTimeout, spec.queueTimeout()))
			.timeout(first(this.timeout, spec.timeout()))
			.killGrace(first(this.killGrace, spec.killGrace()))
			.idleTimeout(first(this.idleTimeout, spec.idleTimeout()))
			.build();
	}

	private static <T> T first(@Nullable T value, T otherwise) {
		return (value != null) ? value : otherwise;
	}

	/**
	 * Some of these limits.
	 * @param kept says by the name of its setting whether one is kept
	 * @return these without the others
	 */
	public ExecutorLimits only(Predicate<String> kept) {
		return new ExecutorLimits(kept.test("max-workers") ? this.maxWorkers : null,
				kept.test("min-workers") ? this.minWorkers : null,
				kept.test("spare-workers") ? this.spareWorkers : null,
				kept.test("max-pending") ? this.maxPending : null,
				kept.test("max-pending-bytes") ? this.maxPendingBytes : null,
				kept.test("overload-wait") ? this.overloadWait : null, kept.test("rate-limit") ? this.rateLimit : null,
				kept.test("rate-limit-period") ? this.rateLimitPeriod : null,
				kept.test("queue-timeout") ? this.queueTimeout : null, kept.test("timeout") ? this.timeout : null,
				kept.test("kill-grace") ? this.killGrace : null, kept.test("idle-timeout") ? this.idleTimeout : null);
	}

	/**
	 * The limits that are not absent, by the names that their settings have in
	 * configuration files.
	 * @return the limits, in a fixed order
	 */
	public Map<String, Object> settings() {
		Map<String, Object> settings = new LinkedHashMap<>();
		put(settings, "max-workers", this.maxWorkers);
		put(settings, "min-workers", this.minWorkers);
		put(settings, "spare-workers", this.spareWorkers);
		put(settings, "max-pending", this.maxPending);
		put(settings, "max-pending-bytes", this.maxPendingBytes);
		put(settings, "overload-wait", this.overloadWait);
		put(settings, "rate-limit", this.rateLimit);
		put(settings, "rate-limit-period", this.rateLimitPeriod);
		put(settings, "queue-timeout", this.queueTimeout);
		put(settings, "timeout", this.timeout);
		put(settings, "kill-grace", this.killGrace);
		put(settings, "idle-timeout", this.idleTimeout);
		return Collections.unmodifiableMap(settings);
	}

	private static void put(Map<String, Object> settings, String name, @Nullable Object value) {
		if (value != null) {
			settings.put(name, value);
		}
	}

	/**
	 * Collects limits; they are checked when they are applied, together with those that
	 * stay. Not safe for use by many threads.
	 */
	public static final class Builder {

		private @Nullable Integer maxWorkers;

		private @Nullable Integer minWorkers;

		private @Nullable Integer spareWorkers;

		private @Nullable Integer maxPending;

		private @Nullable Long maxPendingBytes;

		private @Nullable Duration overloadWait;

		private @Nullable Integer rateLimit;

		private @Nullable Duration rateLimitPeriod;

		private @Nullable Duration queueTimeout;

		private @Nullable Duration timeout;

		private @Nullable Duration killGrace;

		private @Nullable Duration idleTimeout;

		private Builder() {
		}

		/**
		 * The most workers, processes or threads, at a time. More are started when tasks
		 * want them; of those too many, each ends after the tasks that it runs.
		 * @param value at least 1
		 * @return this
		 */
		public Builder maxWorkers(int value) {
			this.maxWorkers = value;
			return this;
		}

		/**
		 * The workers kept ready. Those above a lower number end when they are idle for
		 * {@code idle-timeout}.
		 * @param value at least 0, at most {@code max-workers}
		 * @return this
		 */
		public Builder minWorkers(int value) {
			this.minWorkers = value;
			return this;
		}

		/**
		 * The workers kept ready without a task, beside those that have one.
		 * @param value at least 0, at most {@code max-workers}
		 * @return this
		 */
		public Builder spareWorkers(int value) {
			this.spareWorkers = value;
			return this;
		}

		/**
		 * The most tasks accepted and not ended. Those accepted already stay.
		 * @param value at least 1
		 * @return this
		 */
		public Builder maxPending(int value) {
			this.maxPending = value;
			return this;
		}

		/**
		 * The most bytes of encoded arguments held at a time. Those held already stay.
		 * @param value at least 1024
		 * @return this
		 */
		public Builder maxPendingBytes(long value) {
			this.maxPendingBytes = value;
			return this;
		}

		/**
		 * How long a caller waits for room. Those that wait already wait for as long as
		 * they did.
		 * @param value the time
		 * @return this
		 */
		public Builder overloadWait(Duration value) {
			this.overloadWait = value;
			return this;
		}

		/**
		 * How many tasks may come in a period. It is counted anew: as many may come at
		 * once, and those that wait for the old rate are looked at again.
		 * @param value the number, 0 for as many as like
		 * @return this
		 */
		public Builder rateLimit(int value) {
			this.rateLimit = value;
			return this;
		}

		/**
		 * The period of {@code rate-limit}, counted anew with it.
		 * @param value the time, more than zero
		 * @return this
		 */
		public Builder rateLimitPeriod(Duration value) {
			this.rateLimitPeriod = value;
			return this;
		}

		/**
		 * How long a task may wait for a slot. Tasks that are accepted already keep their
		 * limit.
		 * @param value the time, zero for no limit
		 * @return this
		 */
		public Builder queueTimeout(Duration value) {
			this.queueTimeout = value;
			return this;
		}

		/**
		 * How long a task may run. Tasks that are accepted already keep their limit.
		 * @param value the time, zero for no limit
		 * @return this
		 */
		public Builder timeout(Duration value) {
			this.timeout = value;
			return this;
		}

		/**
		 * How long a task may go on after it was interrupted. Tasks that are accepted
		 * already keep their limit.
		 * @param value the time
		 * @return this
		 */
		public Builder killGrace(Duration value) {
			this.killGrace = value;
			return this;
		}

		/**
		 * After how long without a task a worker above {@code min-workers} is ended; also
		 * one that is idle already.
		 * @param value the time, zero for never
		 * @return this
		 */
		public Builder idleTimeout(Duration value) {
			this.idleTimeout = value;
			return this;
		}

		/**
		 * Builds.
		 * @return the limits
		 */
		public ExecutorLimits build() {
			return new ExecutorLimits(this.maxWorkers, this.minWorkers, this.spareWorkers, this.maxPending,
					this.maxPendingBytes, this.overloadWait, this.rateLimit, this.rateLimitPeriod, this.queueTimeout,
					this.timeout, this.killGrace, this.idleTimeout);
		}

	}

}
