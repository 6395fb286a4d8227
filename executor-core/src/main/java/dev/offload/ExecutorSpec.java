package dev.offload;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The settings of one executor: data only, checked when built, immutable. The names in
 * configuration files are those of the methods, in lower case with dashes.
 */
public final class ExecutorSpec {

	/**
	 * The type that runs tasks in worker processes.
	 */
	public static final String PROCESS = "process";

	/**
	 * The type that runs tasks in platform threads of this JVM.
	 */
	public static final String THREAD = "thread";

	/**
	 * The type that runs tasks in virtual threads of this JVM, from JDK 21.
	 */
	public static final String VIRTUAL = "virtual";

	/**
	 * The type that runs tasks on the caller's thread.
	 */
	public static final String INLINE = "inline";

	private final String name;

	private final String type;

	private final int maxWorkers;

	private final int minWorkers;

	private final int spareWorkers;

	private final int threadsPerWorker;

	private final int maxPending;

	private final @Nullable Long maxPendingBytes;

	private final OverloadPolicy overload;

	private final Duration overloadWait;

	private final int rateLimit;

	private final Duration rateLimitPeriod;

	private final Duration queueTimeout;

	private final Duration timeout;

	private final Duration killGrace;

	private final Duration idleTimeout;

	private final StartMode start;

	private final Duration startTimeout;

	private final int startFailures;

	private final Duration hangTimeout;

	private final int maxTasksPerWorker;

	private final Duration maxWorkerAge;

	private final @Nullable Long maxWorkerMemory;

	private final RetrySpec retry;

	private final Duration closeTimeout;

	private final long maxPayloadBytes;

	private final long maxSpoolBytes;

	private final @Nullable String spoolDirectory;

	private final List<String> allowedTypes;

	private final @Nullable String codec;

	private final boolean codecRoundTrip;

	private final Map<String, String> options;

	private final WorkerSpec worker;

	private ExecutorSpec(Builder builder) {
		this.name = builder.name;
		this.type = builder.type;
		this.maxWorkers = (builder.maxWorkers != null) ? builder.maxWorkers : defaultMaxWorkers(builder);
		this.minWorkers = builder.minWorkers;
		this.spareWorkers = builder.spareWorkers;
		this.threadsPerWorker = builder.threadsPerWorker;
		this.maxPending = builder.maxPending;
		this.maxPendingBytes = builder.maxPendingBytes;
		this.overload = builder.overload;
		this.overloadWait = builder.overloadWait;
		this.rateLimit = builder.rateLimit;
		this.rateLimitPeriod = builder.rateLimitPeriod;
		this.queueTimeout = builder.queueTimeout;
		this.timeout = builder.timeout;
		this.killGrace = builder.killGrace;
		this.idleTimeout = builder.idleTimeout;
		this.start = builder.start;
		this.startTimeout = builder.startTimeout;
		this.startFailures = builder.startFailures;
		this.hangTimeout = builder.hangTimeout;
		this.maxTasksPerWorker = builder.maxTasksPerWorker;
		this.maxWorkerAge = builder.maxWorkerAge;
		this.maxWorkerMemory = builder.maxWorkerMemory;
		this.retry = builder.retry;
		this.closeTimeout = builder.closeTimeout;
		this.maxPayloadBytes = builder.maxPayloadBytes;
		this.maxSpoolBytes = builder.maxSpoolBytes;
		this.spoolDirectory = builder.spoolDirectory;
		this.allowedTypes = List.copyOf(builder.allowedTypes);
		this.codec = builder.codec;
		this.codecRoundTrip = builder.codecRoundTrip;
		this.options = Map.copyOf(builder.options);
		this.worker = builder.worker;
		new ExecutorSpecRules(this).check();
	}

	/**
	 * Starts with the defaults.
	 * @param name the name of the executor
	 * @return a builder
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * Starts with these settings.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * The name: letters, digits, dots, dashes and underscores, with a letter first.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The type: {@code process}, {@code thread}, {@code virtual}, {@code inline} or that
	 * of another factory; default {@code process}.
	 * @return the type
	 */
	public String type() {
		return this.type;
	}

	/**
	 * The most workers, processes or threads, at a time; default the number of
	 * processors, for virtual threads {@code max-pending}. Inline executors use their
	 * callers' threads and do not heed it.
	 * @return the number
	 */
	public int maxWorkers() {
		return this.maxWorkers;
	}

	/**
	 * The workers kept ready once the first was started; default 0.
	 * @return the number
	 */
	public int minWorkers() {
		return this.minWorkers;
	}

	/**
	 * The workers kept ready without a task, beside those that have one, as far as
	 * {@code max-workers} allows, once the first was started; default 0.
	 * @return the number
	 */
	public int spareWorkers() {
		return this.spareWorkers;
	}

	/**
	 * How many tasks a worker process runs at a time; default 1.
	 * @return the number
	 */
	public int threadsPerWorker() {
		return this.threadsPerWorker;
	}

	/**
	 * The most tasks accepted and not ended, waiting and running together; default 100.
	 * @return the number
	 */
	public int maxPending() {
		return this.maxPending;
	}

	/**
	 * The most bytes of encoded arguments held at a time; default {@code null}, a quarter
	 * of the heap.
	 * @return the bytes or {@code null}
	 */
	public @Nullable Long maxPendingBytes() {
		return this.maxPendingBytes;
	}

	/**
	 * What happens to a task for which there is no room; default {@code REJECT}.
	 * @return the policy
	 */
	public OverloadPolicy overload() {
		return this.overload;
	}

	/**
	 * How long a caller waits for room under {@code WAIT}; default 1 second.
	 * @return the time
	 */
	public Duration overloadWait() {
		return this.overloadWait;
	}

	/**
	 * How many tasks may be submitted in {@code rate-limit-period}; default 0, any
	 * number.
	 * @return the number
	 */
	public int rateLimit() {
		return this.rateLimit;
	}

	/**
	 * The time of {@code rate-limit}; default 1 second.
	 * @return the time
	 */
	public Duration rateLimitPeriod() {
		return this.rateLimitPeriod;
	}

	/**
	 * How long a task may wait for a slot; default {@link Duration#ZERO}, no limit.
	 * @return the time
	 */
	public Duration queueTimeout() {
		return this.queueTimeout;
	}

	/**
	 * How long a task may run once it was handed to a slot; default
	 * {@link Duration#ZERO}, no limit.
	 * @return the time
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * How long a task may go on after it was interrupted, before its worker is killed;
	 * default 1 second.
	 * @return the time
	 */
	public Duration killGrace() {
		return this.killGrace;
	}

	/**
	 * After how long without a task a worker above {@code min-workers} is ended; default
	 * {@link Duration#ZERO}, never.
	 * @return the time
	 */
	public Duration idleTimeout() {
		return this.idleTimeout;
	}

	/**
	 * When workers start; default {@code LAZY}.
	 * @return the mode
	 */
	public StartMode start() {
		return this.start;
	}

	/**
	 * How long a worker may take until it is ready; default 60 seconds.
	 * @return the time
	 */
	public Duration startTimeout() {
		return this.startTimeout;
	}

	/**
	 * After how many failed starts in a row tasks are refused while no worker is ready;
	 * default 3.
	 * @return the number
	 */
	public int startFailures() {
		return this.startFailures;
	}

	/**
	 * After how long without a sign of life a worker is killed; default 30 seconds,
	 * {@link Duration#ZERO} for never.
	 * @return the time
	 */
	public Duration hangTimeout() {
		return this.hangTimeout;
	}

	/**
	 * After how many tasks a worker is replaced; default 0, never. It goes on until its
	 * replacement is ready; with 1 it never runs a second task.
	 * @return the number
	 */
	public int maxTasksPerWorker() {
		return this.maxTasksPerWorker;
	}

	/**
	 * At what age a worker is replaced, up to a tenth earlier so that not all are at
	 * once; default {@link Duration#ZERO}, never.
	 * @return the time
	 */
	public Duration maxWorkerAge() {
		return this.maxWorkerAge;
	}

	/**
	 * Above how many bytes of resident memory a worker is replaced; default {@code null},
	 * never.
	 * @return the bytes or {@code null}
	 */
	public @Nullable Long maxWorkerMemory() {
		return this.maxWorkerMemory;
	}

	/**
	 * Whether and how tasks are tried again, where their submission says nothing else;
	 * default {@link RetrySpec#NONE}.
	 * @return the rules
	 */
	public RetrySpec retry() {
		return this.retry;
	}

	/**
	 * How long {@code close} lets accepted tasks go on; default 10 seconds.
	 * @return the time
	 */
	public Duration closeTimeout() {
		return this.closeTimeout;
	}

	/**
	 * The most bytes of one task or one result; default 256 MiB.
	 * @return the bytes
	 */
	public long maxPayloadBytes() {
		return this.maxPayloadBytes;
	}

	/**
	 * The most bytes in the files of arguments and results that travel by reference;
	 * default 4 GiB.
	 * @return the bytes
	 */
	public long maxSpoolBytes() {
		return this.maxSpoolBytes;
	}

	/**
	 * The directory for the files of arguments and results that travel by reference.
	 * @return its path, or {@code null} if it is not set
	 */
	public @Nullable String spoolDirectory() {
		return this.spoolDirectory;
	}

	/**
	 * Classes and packages admitted in payloads beside the defaults, as
	 * {@code com.acme.Invoice} or {@code com.acme.dto.**}; default none.
	 * @return the patterns
	 */
	public List<String> allowedTypes() {
		return this.allowedTypes;
	}

	/**
	 * The name of what turns objects into bytes: {@code jdk}, or that of another
	 * {@link dev.offload.spi.PayloadCodec} on the class path.
	 * @return the name, or {@code null} for the codec of the factory, which is
	 * {@code jdk} unless it was given another one
	 */
	public @Nullable String codec() {
		return this.codec;
	}

	/**
	 * Whether an inline executor encodes and decodes arguments and results, so that what
	 * cannot be sent fails there too; default {@code true}.
	 * @return the choice
	 */
	public boolean codecRoundTrip() {
		return this.codecRoundTrip;
	}

	/**
	 * Settings of executor types made by other factories; default none.
	 * @return the options
	 */
	public Map<String, String> options() {
		return this.options;
	}

	/**
	 * The settings of worker processes; only for type {@code process}.
	 * @return the settings
	 */
	public WorkerSpec worker() {
		return this.worker;
	}

	/**
	 * All settings but the name, by the name that they have in configuration files.
	 * @return the settings, in a fixed order
	 */
	public Map<String, @Nullable Object> settings() {
		Map<String, @Nullable Object> settings = new LinkedHashMap<>();
		settings.put("type", this.type);
		settings.put("max-workers", this.maxWorkers);
		settings.put("min-workers", this.minWorkers);
		settings.put("spare-workers", this.spareWorkers);
		settings.put("threads-per-worker", this.threadsPerWorker);
		settings.put("max-pending", this.maxPending);
		settings.put("max-pending-bytes", this.maxPendingBytes);
		settings.put("overload", this.overload);
		settings.put("overload-wait", this.overloadWait);
		settings.put("rate-limit", this.rateLimit);
		settings.put("rate-limit-period", this.rateLimitPeriod);
		settings.put("queue-timeout", this.queueTimeout);
		settings.put("timeout", this.timeout);
		settings.put("kill-grace", this.killGrace);
		settings.put("idle-timeout", this.idleTimeout);
		settings.put("start", this.start);
		settings.put("start-timeout", this.startTimeout);
		settings.put("start-failures", this.startFailures);
		settings.put("hang-timeout", this.hangTimeout);
		settings.put("max-tasks-per-worker", this.maxTasksPerWorker);
		settings.put("max-worker-age", this.maxWorkerAge);
		settings.put("max-worker-memory", this.maxWorkerMemory);
		settings.put("retry.max-attempts", this.retry.maxAttempts());
		settings.put("retry.max-crashes", this.retry.maxCrashes());
		settings.put("retry.delay", this.retry.delay());
		settings.put("retry.multiplier", this.retry.multiplier());
		settings.put("retry.max-delay", this.retry.maxDelay());
		settings.put("retry.jitter", this.retry.jitter());
		settings.put("retry.includes", this.retry.includes());
		settings.put("retry.excludes", this.retry.excludes());
		settings.put("retry.quarantine", this.retry.quarantine());
		settings.put("close-timeout", this.closeTimeout);
		settings.put("max-payload-bytes", this.maxPayloadBytes);
		settings.put("max-spool-bytes", this.maxSpoolBytes);
		settings.put("spool-directory", this.spoolDirectory);
		settings.put("allowed-types", this.allowedTypes);
		settings.put("codec", this.codec);
		settings.put("codec-round-trip", this.codecRoundTrip);
		settings.put("options", this.options);
		settings.putAll(this.worker.settings());
		return Collections.unmodifiableMap(settings);
	}

	/**
	 * The settings in which another specification differs.
	 * @param other the other
	 * @return their names in configuration files, none if the two are equal
	 */
	public List<String> differences(ExecutorSpec other) {
		Map<String, @Nullable Object> theirs = other.settings();
		return settings().entrySet()
			.stream()
			.filter((entry) -> !Objects.equals(entry.getValue(), theirs.get(entry.getKey())))
			.map(Map.Entry::getKey)
			.toList();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof ExecutorSpec that && this.name.equals(that.name)
				&& settings().equals(that.settings()));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.name, settings());
	}

	@Override
	public String toString() {
		return this.name + settings();
	}

	private static int defaultMaxWorkers(Builder builder) {
		boolean cheap = builder.type.equals(VIRTUAL) || builder.type.equals(INLINE);
		return cheap ? builder.maxPending : Runtime.getRuntime().availableProcessors();
	}

	/**
	 * Collects settings. Not safe for use by many threads.
	 */
	public static final class Builder {

		private String name;

		private String type = PROCESS;

		private @Nullable Integer maxWorkers;

		private int minWorkers = 0;

		private int spareWorkers = 0;

		private int threadsPerWorker = 1;

		private int maxPending = 100;

		private @Nullable Long maxPendingBytes;

		private OverloadPolicy overload = OverloadPolicy.REJECT;

		private Duration overloadWait = Duration.ofSeconds(1);

		private int rateLimit = 0;

		private Duration rateLimitPeriod = Duration.ofSeconds(1);

		private Duration queueTimeout = Duration.ZERO;

		private Duration timeout = Duration.ZERO;

		private Duration killGrace = Duration.ofSeconds(1);

		private Duration idleTimeout = Duration.ZERO;

		private StartMode start = StartMode.LAZY;

		private Duration startTimeout = Duration.ofSeconds(60);

		private int startFailures = 3;

		private Duration hangTimeout = Duration.ofSeconds(30);

		private int maxTasksPerWorker = 0;

		private Duration maxWorkerAge = Duration.ZERO;

		private @Nullable Long maxWorkerMemory;

		private RetrySpec retry = RetrySpec.NONE;

		private Duration closeTimeout = Duration.ofSeconds(10);

		private long maxPayloadBytes = 256L * 1024 * 1024;

		private long maxSpoolBytes = 4L * 1024 * 1024 * 1024;

		private @Nullable String spoolDirectory;

		private List<String> allowedTypes = List.of();

		private @Nullable String codec;

		private boolean codecRoundTrip = true;

		private Map<String, String> options = Map.of();

		private WorkerSpec worker = WorkerSpec.DEFAULTS;

		private Builder(String name) {
			this.name = name;
		}

		private Builder(ExecutorSpec spec) {
			this.name = spec.name;
			this.type = spec.type;
			this.maxWorkers = spec.maxWorkers;
			this.minWorkers = spec.minWorkers;
			this.spareWorkers = spec.spareWorkers;
			this.threadsPerWorker = spec.threadsPerWorker;
			this.maxPending = spec.maxPending;
			this.maxPendingBytes = spec.maxPendingBytes;
			this.overload = spec.overload;
			this.overloadWait = spec.overloadWait;
			this.rateLimit = spec.rateLimit;
			this.rateLimitPeriod = spec.rateLimitPeriod;
			this.queueTimeout = spec.queueTimeout;
			this.timeout = spec.timeout;
			this.killGrace = spec.killGrace;
			this.idleTimeout = spec.idleTimeout;
			this.start = spec.start;
			this.startTimeout = spec.startTimeout;
			this.startFailures = spec.startFailures;
			this.hangTimeout = spec.hangTimeout;
			this.maxTasksPerWorker = spec.maxTasksPerWorker;
			this.maxWorkerAge = spec.maxWorkerAge;
			this.maxWorkerMemory = spec.maxWorkerMemory;
			this.retry = spec.retry;
			this.closeTimeout = spec.closeTimeout;
			this.maxPayloadBytes = spec.maxPayloadBytes;
			this.maxSpoolBytes = spec.maxSpoolBytes;
			this.spoolDirectory = spec.spoolDirectory;
			this.allowedTypes = spec.allowedTypes;
			this.codec = spec.codec;
			this.codecRoundTrip = spec.codecRoundTrip;
			this.options = spec.options;
			this.worker = spec.worker;
		}

		/**
		 * The type: {@code process}, {@code thread}, {@code virtual}, {@code inline} or
		 * that of another factory; default {@code process}.
		 * @param value the type
		 * @return this
		 */
		public Builder type(String value) {
			this.type = value;
			return this;
		}

		/**
		 * The most workers, processes or threads, at a time; default the number of
		 * processors, for virtual threads {@code max-pending}. Inline executors use their
		 * callers' threads and do not heed it.
		 * @param value the number
		 * @return this
		 */
		public Builder maxWorkers(int value) {
			this.maxWorkers = value;
			return this;
		}

		/**
		 * The workers kept ready once the first was started; default 0.
		 * @param value the number
		 * @return this
		 */
		public Builder minWorkers(int value) {
			this.minWorkers = value;
			return this;
		}

		/**
		 * The workers kept ready without a task, beside those that have one; default 0.
		 * @param value at least 0, at most {@code max-workers}
		 * @return this
		 */
		public Builder spareWorkers(int value) {
			this.spareWorkers = value;
			return this;
		}

		/**
		 * How many tasks a worker process runs at a time; default 1.
		 * @param value the number
		 * @return this
		 */
		public Builder threadsPerWorker(int value) {
			this.threadsPerWorker = value;
			return this;
		}

		/**
		 * The most tasks accepted and not ended, waiting and running together; default
		 * 100.
		 * @param value the number
		 * @return this
		 */
		public Builder maxPending(int value) {
			this.maxPending = value;
			return this;
		}

		/**
		 * The most bytes of encoded arguments held at a time; default {@code null}, a
		 * quarter of the heap.
		 * @param value the bytes or {@code null}
		 * @return this
		 */
		public Builder maxPendingBytes(@Nullable Long value) {
			this.maxPendingBytes = value;
			return this;
		}

		/**
		 * What happens to a task for which there is no room; default {@code REJECT}.
		 * @param value the policy
		 * @return this
		 */
		public Builder overload(OverloadPolicy value) {
			this.overload = value;
			return this;
		}

		/**
		 * How long a caller waits for room under {@code WAIT}; default 1 second.
		 * @param value the time
		 * @return this
		 */
		public Builder overloadWait(Duration value) {
			this.overloadWait = value;
			return this;
		}

		/**
		 * How many tasks may be submitted in {@code rate-limit-period}; default 0, any
		 * number. Needs a {@code RateLimiterFactory}.
		 * @param value the number
		 * @return this
		 */
		public Builder rateLimit(int value) {
			this.rateLimit = value;
			return this;
		}

		/**
		 * The time of {@code rate-limit}; default 1 second.
		 * @param value the time, above zero
		 * @return this
		 */
		public Builder rateLimitPeriod(Duration value) {
			this.rateLimitPeriod = value;
			return this;
		}

		/**
		 * How long a task may wait for a slot; default {@link Duration#ZERO}, no limit.
		 * @param value the time
		 * @return this
		 */
		public Builder queueTimeout(Duration value) {
			this.queueTimeout = value;
			return this;
		}

		/**
		 * How long a task may run once it was handed to a slot; default
		 * {@link Duration#ZERO}, no limit.
		 * @param value the time
		 * @return this
		 */
		public Builder timeout(Duration value) {
			this.timeout = value;
			return this;
		}

		/**
		 * How long a task may go on after it was interrupted, before its worker is
		 * killed; default 1 second.
		 * @param value the time
		 * @return this
		 */
		public Builder killGrace(Duration value) {
			this.killGrace = value;
			return this;
		}

		/**
		 * After how long without a task a worker above {@code min-workers} is ended;
		 * default {@link Duration#ZERO}, never.
		 * @param value the time
		 * @return this
		 */
		public Builder idleTimeout(Duration value) {
			this.idleTimeout = value;
			return this;
		}

		/**
		 * When workers start; default {@code LAZY}.
		 * @param value the mode
		 * @return this
		 */
		public Builder start(StartMode value) {
			this.start = value;
			return this;
		}

		/**
		 * How long a worker may take until it is ready; default 60 seconds.
		 * @param value the time
		 * @return this
		 */
		public Builder startTimeout(Duration value) {
			this.startTimeout = value;
			return this;
		}

		/**
		 * After how many failed starts in a row tasks are refused; default 3.
		 * @param value at least 1
		 * @return this
		 */
		public Builder startFailures(int value) {
			this.startFailures = value;
			return this;
		}

		/**
		 * After how long without a sign of life a worker is killed; default 30 seconds.
		 * @param value zero for never, or at least 1 second
		 * @return this
		 */
		public Builder hangTimeout(Duration value) {
			this.hangTimeout = value;
			return this;
		}

		/**
		 * After how many tasks a worker is replaced; default 0, never.
		 * @param value the number
		 * @return this
		 */
		public Builder maxTasksPerWorker(int value) {
			this.maxTasksPerWorker = value;
			return this;
		}

		/**
		 * At what age a worker is replaced; default {@link Duration#ZERO}, never.
		 * @param value the time
		 * @return this
		 */
		public Builder maxWorkerAge(Duration value) {
			this.maxWorkerAge = value;
			return this;
		}

		/**
		 * Above how many bytes of resident memory a worker is replaced; default
		 * {@code null}, never.
		 * @param value at least 1 MB, or {@code null}
		 * @return this
		 */
		public Builder maxWorkerMemory(@Nullable Long value) {
			this.maxWorkerMemory = value;
			return this;
		}

		/**
		 * Sets whether and how tasks are tried again.
		 * @param value the rules
		 * @return this builder
		 */
		public Builder retry(RetrySpec value) {
			this.retry = value;
			return this;
		}

		/**
		 * How long {@code close} lets accepted tasks go on; default 10 seconds.
		 * @param value the time
		 * @return this
		 */
		public Builder closeTimeout(Duration value) {
			this.closeTimeout = value;
			return this;
		}

		/**
		 * The most bytes of one task or one result; default 256 MiB.
		 * @param value the bytes
		 * @return this
		 */
		public Builder maxPayloadBytes(long value) {
			this.maxPayloadBytes = value;
			return this;
		}

		/**
		 * The most bytes in the files of arguments and results that travel by reference,
		 * such as streams; default 4 GiB.
		 * @param value the bytes, 0 to have none travel so
		 * @return this
		 */
		public Builder maxSpoolBytes(long value) {
			this.maxSpoolBytes = value;
			return this;
		}

		/**
		 * The directory for the files of arguments and results that travel by reference;
		 * it must exist. By default they are in the private directory of the pool, in
		 * {@code java.io.tmpdir}.
		 * @param value its path, or {@code null} for the default
		 * @return this
		 */
		public Builder spoolDirectory(@Nullable String value) {
			this.spoolDirectory = value;
			return this;
		}

		/**
		 * Classes and packages admitted in payloads beside the defaults, as
		 * {@code com.acme.Invoice} or {@code com.acme.dto.**}; default none.
		 * @param value the patterns
		 * @return this
		 */
		public Builder allowedTypes(List<String> value) {
			this.allowedTypes = value;
			return this;
		}

		/**
		 * Sets what turns objects into bytes.
		 * @param value the name of a codec, {@code null} for the one of the factory
		 * @return this
		 */
		public Builder codec(@Nullable String value) {
			this.codec = value;
			return this;
		}

		/**
		 * Whether an inline executor encodes and decodes arguments and results, so that
		 * what cannot be sent fails there too; default {@code true}.
		 * @param value the choice
		 * @return this
		 */
		public Builder codecRoundTrip(boolean value) {
			this.codecRoundTrip = value;
			return this;
		}

		/**
		 * Settings of executor types made by other factories; default none.
		 * @param value the options
		 * @return this
		 */
		public Builder options(Map<String, String> value) {
			this.options = value;
			return this;
		}

		/**
		 * The settings of worker processes; only for type {@code process}.
		 * @param value the settings
		 * @return this
		 */
		public Builder worker(WorkerSpec value) {
			this.worker = value;
			return this;
		}

		/**
		 * Checks and builds.
		 * @return the settings
		 * @throws InvalidSettingException if a value is wrong; the message names the
		 * setting and the value
		 */
		public ExecutorSpec build() {
			return new ExecutorSpec(this);
		}

	}

}
