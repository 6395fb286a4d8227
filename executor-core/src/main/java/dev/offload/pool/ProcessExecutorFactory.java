package dev.offload.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadExecutor;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.codec.PayloadCodecs;
import dev.offload.dispatch.DispatchingExecutor;
import dev.offload.dispatch.RateLimiters;
import dev.offload.process.JvmWorkerLauncher;
import dev.offload.spi.ContextCarriers;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.OutputRedactor;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.TaskDirectory;
import dev.offload.spi.WorkerCommandCustomizer;
import dev.offload.spi.WorkerLauncher;
import dev.offload.spi.WorkerSetup;
import dev.offload.spi.WorkerSetupProvider;

/**
 * Makes executors that run tasks in a pool of worker JVMs. The workers of all its
 * executors share the memory and the processors that there are. Safe for use by many
 * threads.
 */
public final class ProcessExecutorFactory implements ExecutorFactory {

	/** A service that lives for a moment only has no use for what is learnt. */
	private static final Duration TRAINING_DELAY = Duration.ofSeconds(5);

	private final WorkerLauncher launcher;

	private final PayloadCodec codec;

	private final WorkerSetupProvider setups;

	private final ExecutorListener listener;

	private final SafeRedactor redactor;

	private final List<WorkerCommandCustomizer> customizers;

	private final ContextCarriers carriers;

	private final boolean startAtOnce;

	private final MachineShares shares;

	private final Duration trainingDelay;

	/**
	 * Creates one with the defaults.
	 */
	public ProcessExecutorFactory() {
		this(builder());
	}

	private ProcessExecutorFactory(Builder builder) {
		this.launcher = builder.launcher;
		this.codec = builder.codec;
		this.setups = builder.setups;
		this.listener = builder.listener;
		this.carriers = (builder.carriers != null) ? builder.carriers
				: ContextCarriers.found(ProcessExecutorFactory.class.getClassLoader());
		this.redactor = new SafeRedactor(builder.redactor);
		this.customizers = builder.customizers;
		this.startAtOnce = builder.startAtOnce;
		this.shares = new MachineShares(builder.machine);
		this.trainingDelay = builder.trainingDelay;
	}

	/**
	 * Starts with the defaults: workers with the class path of this JVM and without
	 * beans.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public String type() {
		return ExecutorSpec.PROCESS;
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec) {
		return create(spec, new TaskDirectory(null));
	}

	@Override
	public OffloadExecutor create(ExecutorSpec spec, TaskDirectory directory) {
		// Before there is anything that would have to be taken back.
		RateLimiters.require(spec);
		PayloadCodec chosen = PayloadCodecs.of(spec, this.codec);
		PoolCodec poolCodec = new PoolCodec(spec, chosen, this.setups.setupFor(spec).applicationPackages());
		this.launcher.prepare();
		PoolSettings settings = new PoolSettings(this.launcher, chosen, this.setups, this.redactor, this.customizers,
				this.shares.add(spec), this.trainingDelay);
		WorkerPool pool = new WorkerPool(Debugging.withoutLimits(spec), settings, poolCodec);
		DispatchingExecutor executor = new DispatchingExecutor(spec, pool, this.listener, this.carriers, directory);
		if (this.startAtOnce) {
			executor.start();
		}
		return executor;
	}

	/**
	 * How much memory all workers of an executor may take, when they are all there and
	 * full: by what the executors of this factory share out now.
	 * @param executor the name of the executor
	 * @return the bytes, or empty if it is not one of this factory, is closed, or the
	 * memory of the machine is not known
	 */
	public OptionalLong workerMemory(String executor) {
		return this.shares.workerMemory(executor);
	}

	/**
	 * Collects collaborators. Not safe for use by many threads.
	 */
	public static final class Builder {

		private WorkerLauncher launcher = new JvmWorkerLauncher();

		private PayloadCodec codec = new JdkPayloadCodec();

		private WorkerSetupProvider setups = (spec) -> WorkerSetup.plain(List.of());

		private ExecutorListener listener = ExecutorListener.NONE;

		private @Nullable ContextCarriers carriers;

		private OutputRedactor redactor = OutputRedactor.NONE;

		private List<WorkerCommandCustomizer> customizers = List.of();

		private boolean startAtOnce = true;

		private Machine machine = Machine.current();

		private Duration trainingDelay = TRAINING_DELAY;

		private Builder() {
		}

		/**
		 * Sets what starts processes.
		 * @param value the launcher
		 * @return this
		 */
		public Builder launcher(WorkerLauncher value) {
			this.launcher = Objects.requireNonNull(value, "launcher");
			return this;
		}

		/**
		 * Sets the codec of payloads, for executors that {@linkplain ExecutorSpec#codec()
		 * name} none or this one. Each worker makes one of the same class, by its
		 * no-argument constructor.
		 * @param value the codec
		 * @return this
		 */
		public Builder codec(PayloadCodec value) {
			this.codec = Objects.requireNonNull(value, "codec");
			return this;
		}

		/**
		 * Sets what workers are given.
		 * @param value the provider
		 * @return this
		 */
		public Builder setupProvider(WorkerSetupProvider value) {
			this.setups = Objects.requireNonNull(value, "setupProvider");
			return this;
		}

		/**
		 * Gives workers no beans, and admits the classes of these packages and their
		 * sub-packages in payloads. Without this, only the package of a task's own class
		 * is admitted, with what its method declares.
		 * @param packages the names of the application's packages
		 * @return this
		 */
		public Builder applicationPackages(String... packages) {
			WorkerSetup setup = WorkerSetup.plain(List.of(packages));
			return setupProvider((spec) -> setup);
		}

		/**
		 * Sets who is told what happens.
		 * @param value the listener
		 * @return this
		 */
		public Builder listener(ExecutorListener value) {
			this.listener = Objects.requireNonNull(value, "listener");
			return this;
		}

		/**
		 * Sets what captures the context of tasks, in the place of the carriers that
		 * {@link java.util.ServiceLoader} finds. Workers restore it by their own.
		 * @param value the carriers
		 * @return this
		 */
		public Builder carriers(ContextCarriers value) {
			this.carriers = Objects.requireNonNull(value, "carriers");
			return this;
		}

		/**
		 * Sets what each line that workers print passes before it reaches log, errors and
		 * reports.
		 * @param value the redactor
		 * @return this
		 */
		public Builder redactor(OutputRedactor value) {
			this.redactor = Objects.requireNonNull(value, "redactor");
			return this;
		}

		/**
		 * Sets who changes how workers are started.
		 * @param value the customizers, in their order
		 * @return this
		 */
		public Builder commandCustomizers(List<WorkerCommandCustomizer> value) {
			this.customizers = List.copyOf(value);
			return this;
		}

		/**
		 * Sets whether eager executors start their workers as soon as they are made,
		 * which is the default, or when they are {@linkplain OffloadExecutor#start() told
		 * to}.
		 * @param value the choice
		 * @return this
		 */
		public Builder startAtOnce(boolean value) {
			this.startAtOnce = value;
			return this;
		}

		// What is shared out, in the place of what there is.
		Builder machine(Machine value) {
			this.machine = value;
			return this;
		}

		// After how long a worker is trained, counted from the first that is ready.
		Builder trainingDelay(Duration value) {
			this.trainingDelay = value;
			return this;
		}

		/**
		 * Builds.
		 * @return the factory
		 */
		public ProcessExecutorFactory build() {
			return new ProcessExecutorFactory(this);
		}

	}

}
