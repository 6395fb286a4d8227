package dev.offload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the worker processes of an executor. Immutable.
 */
public final class WorkerSpec {

	/**
	 * The defaults.
	 */
	public static final WorkerSpec DEFAULTS = builder().build();

	private final WorkerContext context;

	private final List<String> sources;

	private final List<String> profiles;

	private final Map<String, String> properties;

	private final @Nullable Long heapBytes;

	private final @Nullable Integer processors;

	private final @Nullable String heapDumps;

	private final List<String> jvmArgs;

	private final Map<String, String> environment;

	private final @Nullable String directory;

	private final List<String> launcherPrefix;

	private final @Nullable String initializer;

	private final List<String> initializerArguments;

	private final List<String> warmUp;

	private final UnsentProperties unsentProperties;

	private final WorkerLogging logging;

	private final @Nullable String logDirectory;

	private final StartupCache startupCache;

	private final WorkerTransport transport;

	private WorkerSpec(Builder builder) {
		this.context = builder.context;
		this.sources = List.copyOf(builder.sources);
		this.profiles = List.copyOf(builder.profiles);
		this.properties = Map.copyOf(builder.properties);
		this.heapBytes = builder.heapBytes;
		this.processors = builder.processors;
		this.heapDumps = builder.heapDumps;
		this.jvmArgs = List.copyOf(builder.jvmArgs);
		this.environment = Map.copyOf(builder.environment);
		this.directory = builder.directory;
		this.launcherPrefix = List.copyOf(builder.launcherPrefix);
		this.initializer = builder.initializer;
		this.initializerArguments = List.copyOf(builder.initializerArguments);
		this.warmUp = List.copyOf(builder.warmUp);
		this.unsentProperties = builder.unsentProperties;
		this.logging = builder.logging;
		this.logDirectory = builder.logDirectory;
		this.startupCache = builder.startupCache;
		this.transport = builder.transport;
		validate();
	}

	/**
	 * Starts with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts with these settings.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * What a worker knows of the application; default {@code NONE}.
	 * @return the context
	 */
	public WorkerContext context() {
		return this.context;
	}

	/**
	 * The configuration classes of {@link WorkerContext#SOURCES}; default none.
	 * @return the class names
	 */
	public List<String> sources() {
		return this.sources;
	}

	/**
	 * Profiles active in workers, beside the service's own; default none.
	 * @return the profiles
	 */
	public List<String> profiles() {
		return this.profiles;
	}

	/**
	 * Properties of workers that override the service's; default none.
	 * @return the properties
	 */
	public Map<String, String> properties() {
		return this.properties;
	}

	/**
	 * The heap of a worker in bytes; default {@code null}, a fair share of the memory
	 * that the service and all its executors leave.
	 * @return the size in bytes or {@code null}
	 */
	public @Nullable Long heapBytes() {
		return this.heapBytes;
	}

	/**
	 * The processors that a worker's JVM counts on; default {@code null}, a fair share of
	 * those of the service.
	 * @return the number or {@code null}
	 */
	public @Nullable Integer processors() {
		return this.processors;
	}

	/**
	 * The directory in which a worker that runs out of heap leaves a dump of it; default
	 * {@code null}, none.
	 * @return the directory or {@code null}
	 */
	public @Nullable String heapDumps() {
		return this.heapDumps;
	}

	/**
	 * More options of the JVM, after those inherited; default none.
	 * @return the options
	 */
	public List<String> jvmArgs() {
		return this.jvmArgs;
	}

	/**
	 * Environment variables of workers, beside the few inherited; default none.
	 * @return the variables
	 */
	public Map<String, String> environment() {
		return this.environment;
	}

	/**
	 * The working directory; default {@code null}, the service's own.
	 * @return the path or {@code null}
	 */
	public @Nullable String directory() {
		return this.directory;
	}

	/**
	 * Words put before the java command, such as {@code nice -n 10}; default none.
	 * @return the words
	 */
	public List<String> launcherPrefix() {
		return this.launcherPrefix;
	}

	/**
	 * The class of a {@code WorkerInitializer} run once in each worker before its first
	 * task; default none.
	 * @return the class name or {@code null}
	 */
	public @Nullable String initializer() {
		return this.initializer;
	}

	/**
	 * The arguments of the initializers; default none.
	 * @return the arguments
	 */
	public List<String> initializerArguments() {
		return this.initializerArguments;
	}

	/**
	 * Beans created in a worker before its first task; default none.
	 * @return the bean names
	 */
	public List<String> warmUp() {
		return this.warmUp;
	}

	/**
	 * What happens when workers would lack properties of the service; default
	 * {@code WARN}.
	 * @return the reaction
	 */
	public UnsentProperties unsentProperties() {
		return this.unsentProperties;
	}

	/**
	 * Where the log and the output of workers go; default {@code FORWARD}.
	 * @return the destination
	 */
	public WorkerLogging logging() {
		return this.logging;
	}

	/**
	 * The directory of the files of {@code FILE}.
	 * @return the path or {@code null}
	 */
	public @Nullable String logDirectory() {
		return this.logDirectory;
	}

	/**
	 * Whether workers start from what one before them has left; default {@code AUTO}.
	 * @return the choice
	 */
	public StartupCache startupCache() {
		return this.startupCache;
	}

	/**
	 * What carries calls between the service and a worker; default {@code AUTO}.
	 * @return the choice
	 */
	public WorkerTransport transport() {
		return this.transport;
	}

	/**
	 * All settings by the name that they have in configuration files.
	 * @return the settings, in a fixed order
	 */
	public Map<String, @Nullable Object> settings() {
		Map<String, @Nullable Object> settings = new LinkedHashMap<>();
		settings.put("worker.context", this.context);
		settings.put("worker.sources", this.sources);
		settings.put("worker.profiles", this.profiles);
		settings.put("worker.properties", this.properties);
		settings.put("worker.heap", this.heapBytes);
		settings.put("worker.processors", this.processors);
		settings.put("worker.heap-dumps", this.heapDumps);
		settings.put("worker.jvm-args", this.jvmArgs);
		settings.put("worker.environment", this.environment);
		settings.put("worker.directory", this.directory);
		settings.put("worker.launcher-prefix", this.launcherPrefix);
		settings.put("worker.initializer", this.initializer);
		settings.put("worker.initializer-arguments", this.initializerArguments);
		settings.put("worker.warm-up", this.warmUp);
		settings.put("worker.unsent-properties", this.unsentProperties);
		settings.put("worker.logging", this.logging);
		settings.put("worker.log-directory", this.logDirectory);
		settings.put("worker.startup-cache", this.startupCache);
		settings.put("worker.transport", this.transport);
		return Collections.unmodifiableMap(settings);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof WorkerSpec that && settings().equals(that.settings()));
	}

	@Override
	public int hashCode() {
		return settings().hashCode();
	}

	@Override
	public String toString() {
		return settings().toString();
	}

	private void validate() {
		SpecChecks checks = new SpecChecks(null);
		if (this.heapBytes != null && this.heapBytes < 8L * 1024 * 1024) {
			checks.wrong("worker.heap", "must be at least 8MB, but is " + this.heapBytes + " bytes");
		}
		if (this.processors != null && this.processors < 1) {
			checks.wrong("worker.processors", "must be at least 1, but is " + this.processors);
		}
		if (this.context == WorkerContext.SOURCES && this.sources.isEmpty()) {
			checks.wrong("worker.sources", "must name a configuration class, for worker.context is sources");
		}
		if (this.context != WorkerContext.SOURCES && !this.sources.isEmpty()) {
			checks.wrong("worker.sources", "needs worker.context: sources, but the context is " + this.context);
		}
		if (this.context == WorkerContext.NONE) {
			needsBeans(checks, "worker.profiles", this.profiles.isEmpty());
			needsBeans(checks, "worker.properties", this.properties.isEmpty());
			needsBeans(checks, "worker.warm-up", this.warmUp.isEmpty());
			needsBeans(checks, "worker.unsent-properties", this.unsentProperties == UnsentProperties.WARN);
		}
		// Beans may be initializers too.
		if (this.context == WorkerContext.NONE && this.initializer == null && !this.initializerArguments.isEmpty()) {
			checks.wrong("worker.initializer-arguments", "needs worker.initializer, for worker.context is none");
		}
		if (this.logging == WorkerLogging.FILE && this.logDirectory == null) {
			checks.wrong("worker.log-directory", "must be set, for worker.logging is file");
		}
		checks.end();
	}

	private static void needsBeans(SpecChecks checks, String setting, boolean unset) {
		if (!unset) {
			checks.wrong(setting, "needs beans, but worker.context is none");
		}
	}

	/**
	 * Collects settings. Not safe for use by many threads.
	 */
	public static final class Builder {

		private WorkerContext context = WorkerContext.NONE;

		private List<String> sources = List.of();

		private List<String> profiles = List.of();

		private Map<String, String> properties = Map.of();

		private @Nullable Long heapBytes;

		private @Nullable Integer processors;

		private @Nullable String heapDumps;

		private List<String> jvmArgs = List.of();

		private Map<String, String> environment = Map.of();

		private @Nullable String directory;

		private List<String> launcherPrefix = List.of();

		private @Nullable String initializer;

		private List<String> initializerArguments = List.of();

		private List<String> warmUp = List.of();

		private UnsentProperties unsentProperties = UnsentProperties.WARN;

		private WorkerLogging logging = WorkerLogging.FORWARD;

		private @Nullable String logDirectory;

		private StartupCache startupCache = StartupCache.AUTO;

		private WorkerTransport transport = WorkerTransport.AUTO;

		private Builder() {
		}

		private Builder(WorkerSpec spec) {
			this.context = spec.context;
			this.sources = spec.sources;
			this.profiles = spec.profiles;
			this.properties = spec.properties;
			this.heapBytes = spec.heapBytes;
			this.processors = spec.processors;
			this.heapDumps = spec.heapDumps;
			this.jvmArgs = spec.jvmArgs;
			this.environment = spec.environment;
			this.directory = spec.directory;
			this.launcherPrefix = spec.launcherPrefix;
			this.initializer = spec.initializer;
			this.initializerArguments = spec.initializerArguments;
			this.warmUp = spec.warmUp;
			this.unsentProperties = spec.unsentProperties;
			this.logging = spec.logging;
			this.logDirectory = spec.logDirectory;
			this.startupCache = spec.startupCache;
			this.transport = spec.transport;
		}

		/**
		 * What a worker knows of the application; default {@code NONE}.
		 * @param value the context
		 * @return this
		 */
		public Builder context(WorkerContext value) {
			this.context = value;
			return this;
		}

		/**
		 * The configuration classes of {@link WorkerContext#SOURCES}; default none.
		 * @param value the class names
		 * @return this
		 */
		public Builder sources(List<String> value) {
			this.sources = value;
			return this;
		}

		/**
		 * Profiles active in workers, beside the service's own; default none.
		 * @param value the profiles
		 * @return this
		 */
		public Builder profiles(List<String> value) {
			this.profiles = value;
			return this;
		}

		/**
		 * Properties of workers that override the service's; default none.
		 * @param value the properties
		 * @return this
		 */
		public Builder properties(Map<String, String> value) {
			this.properties = value;
			return this;
		}

		/**
		 * The heap of a worker in bytes; default {@code null}, a fair share.
		 * @param value the size in bytes or {@code null}
		 * @return this
		 */
		public Builder heapBytes(@Nullable Long value) {
			this.heapBytes = value;
			return this;
		}

		/**
		 * The processors that a worker's JVM counts on; default {@code null}, a fair
		 * share of those of the service.
		 * @param value at least 1, or {@code null}
		 * @return this
		 */
		public Builder processors(@Nullable Integer value) {
			this.processors = value;
			return this;
		}

		/**
		 * The directory in which a worker that runs out of heap leaves a dump of it;
		 * default {@code null}, none.
		 * @param value a directory that exists, or {@code null}
		 * @return this
		 */
		public Builder heapDumps(@Nullable String value) {
			this.heapDumps = value;
			return this;
		}

		/**
		 * More options of the JVM, after those inherited; default none.
		 * @param value the options
		 * @return this
		 */
		public Builder jvmArgs(List<String> value) {
			this.jvmArgs = value;
			return this;
		}

		/**
		 * Environment variables of workers, beside the few inherited; default none.
		 * @param value the variables
		 * @return this
		 */
		public Builder environment(Map<String, String> value) {
			this.environment = value;
			return this;
		}

		/**
		 * The working directory; default {@code null}, the service's own.
		 * @param value the path or {@code null}
		 * @return this
		 */
		public Builder directory(@Nullable String value) {
			this.directory = value;
			return this;
		}

		/**
		 * Words put before the java command, such as {@code nice -n 10}; default none.
		 * @param value the words
		 * @return this
		 */
		public Builder launcherPrefix(List<String> value) {
			this.launcherPrefix = value;
			return this;
		}

		/**
		 * The class of a {@code WorkerInitializer} run once in each worker before its
		 * first task; default none.
		 * @param value the class name or {@code null}
		 * @return this
		 */
		public Builder initializer(@Nullable String value) {
			this.initializer = value;
			return this;
		}

		/**
		 * The arguments of the initializers; default none.
		 * @param value the arguments
		 * @return this
		 */
		public Builder initializerArguments(List<String> value) {
			this.initializerArguments = value;
			return this;
		}

		/**
		 * Beans created in a worker before its first task; default none.
		 * @param value the bean names
		 * @return this
		 */
		public Builder warmUp(List<String> value) {
			this.warmUp = value;
			return this;
		}

		/**
		 * What happens when workers would lack properties of the service; default
		 * {@code WARN}.
		 * @param value the reaction
		 * @return this
		 */
		public Builder unsentProperties(UnsentProperties value) {
			this.unsentProperties = value;
			return this;
		}

		/**
		 * Where the output of workers goes; default {@code FORWARD}.
		 * @param value the destination
		 * @return this
		 */
		public Builder logging(WorkerLogging value) {
			this.logging = value;
			return this;
		}

		/**
		 * The directory of the files of {@code FILE}, which must exist; no default.
		 * @param value the path or {@code null}
		 * @return this
		 */
		public Builder logDirectory(@Nullable String value) {
			this.logDirectory = value;
			return this;
		}

		/**
		 * Whether workers start from what one before them has left; default {@code AUTO}.
		 * @param value the choice
		 * @return this
		 */
		public Builder startupCache(StartupCache value) {
			this.startupCache = value;
			return this;
		}

		/**
		 * What carries calls between the service and a worker; default {@code AUTO}.
		 * @param value the choice
		 * @return this
		 */
		public Builder transport(WorkerTransport value) {
			this.transport = value;
			return this;
		}

		/**
		 * Checks and builds.
		 * @return the settings
		 * @throws InvalidSettingException if a value is wrong; the message names the
		 * setting and the value
		 */
		public WorkerSpec build() {
			return new WorkerSpec(this);
		}

	}

}
