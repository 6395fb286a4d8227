package dev.offload.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorConflictException;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.OffloadExecutor;
import dev.offload.Tasks;
import dev.offload.UnknownExecutorException;
import dev.offload.UnknownExecutorTypeException;
import dev.offload.spi.ExecutorFactory;
import dev.offload.spi.TaskDirectory;
import dev.offload.spi.TaskStore;

/**
 * Makes executors by the factory of their type and keeps them by name. Safe for use by
 * many threads.
 */
public final class StandardExecutorRegistry implements ExecutorRegistry {

	private final Map<String, ExecutorFactory> factories;

	/** Made for this registry, and closed with it. */
	private final @Nullable TaskStore ownStore;

	private final TaskDirectory directory;

	private final Tasks tasks;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	private final Map<String, OffloadExecutor> executors = new LinkedHashMap<>();

	private StandardExecutorRegistry(Builder builder) {
		this.factories = Map.copyOf(builder.factories);
		this.ownStore = builder.storeIsGiven ? null : MemoryTaskStore.builder().build();
		this.directory = new TaskDirectory(builder.storeIsGiven ? builder.store : this.ownStore);
		this.tasks = new StandardTasks(this.directory);
	}

	/**
	 * A registry with the factories that {@link ServiceLoader} finds: process, thread,
	 * virtual and inline are among them.
	 * @return a new registry
	 */
	public static StandardExecutorRegistry create() {
		Builder builder = builder();
		ServiceLoader.load(ExecutorFactory.class, StandardExecutorRegistry.class.getClassLoader())
			.forEach(builder::factory);
		return builder.build();
	}

	/**
	 * Starts without any factory.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public OffloadExecutor getOrCreate(ExecutorSpec spec) {
		this.lock.lock();
		try {
			OffloadExecutor known = this.executors.get(spec.name());
			if (known != null) {
				requireSame(known.spec(), spec);
				return known;
			}
			OffloadExecutor made = factory(spec).create(spec, this.directory);
			this.executors.put(spec.name(), made);
			return made;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void requireSame(ExecutorSpec known, ExecutorSpec asked) {
		List<String> differences = known.differences(asked);
		if (!differences.isEmpty()) {
			String details = String.join(", ",
					differences.stream()
						.map((setting) -> setting + " is " + known.settings().get(setting) + ", asked for is "
								+ asked.settings().get(setting))
						.toList());
			throw new ExecutorConflictException(known.name(), differences, "Executor '" + known.name()
					+ "' exists with other settings: " + details + ". Use another name, or the same settings");
		}
	}

	private ExecutorFactory factory(ExecutorSpec spec) {
		ExecutorFactory factory = this.factories.get(spec.type());
		if (factory == null) {
			List<String> known = this.factories.keySet().stream().sorted().toList();
			throw new UnknownExecutorTypeException(spec.name(), spec.type(), known, "Executor '" + spec.name()
					+ "': unknown executor type '" + spec.type() + "'; there are " + String.join(", ", known));
		}
		return factory;
	}

	@Override
	public Optional<OffloadExecutor> find(String name) {
		this.lock.lock();
		try {
			return Optional.ofNullable(this.executors.get(name));
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public OffloadExecutor require(String name) {
		return find(name).orElseThrow(() -> {
			List<String> known = List.copyOf(executors().keySet());
			return new UnknownExecutorException(name, known, "There is no executor '" + name + "'; there "
					+ (known.isEmpty() ? "is none yet" : "are " + String.join(", ", known)));
		});
	}

	@Override
	public Map<String, OffloadExecutor> executors() {
		this.lock.lock();
		try {
			return Collections.unmodifiableMap(new LinkedHashMap<>(this.executors));
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public List<ExecutorSnapshot> snapshots() {
		return executors().values().stream().map(OffloadExecutor::snapshot).toList();
	}

	@Override
	public Tasks tasks() {
		return this.tasks;
	}

	@Override
	public void closeAll() {
		List<OffloadExecutor> all = takeAll();
		List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
		List<Thread> closers = new ArrayList<>();
		for (OffloadExecutor executor : all) {
			Thread closer = new Thread(() -> close(executor, failures), executor.name() + "-closer");
			closer.start();
			closers.add(closer);
		}
		closers.forEach(StandardExecutorRegistry::join);
		if (this.ownStore != null) {
			this.ownStore.close();
		}
		if (!failures.isEmpty()) {
			OffloadException failure = new OffloadException(null,
					failures.size() + " of " + all.size() + " executors failed to close; all others are closed",
					failures.get(0));
			failures.subList(1, failures.size()).forEach(failure::addSuppressed);
			throw failure;
		}
	}

	private List<OffloadExecutor> takeAll() {
		this.lock.lock();
		try {
			List<OffloadExecutor> all = List.copyOf(this.executors.values());
			this.executors.clear();
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void close(OffloadExecutor executor, List<Throwable> failures) {
		try {
			executor.close();
		}
		catch (Throwable ex) {
			failures.add(ex);
		}
	}

	// Each closing is bounded by itself; an interrupt is kept for the caller.
	private static void join(Thread closer) {
		boolean interrupted = false;
		while (closer.isAlive()) {
			try {
				closer.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String toString() {
		return "Executors " + executors().keySet();
	}

	/**
	 * Collects collaborators. Not safe for use by many threads.
	 */
	public static final class Builder {

		private final Map<String, ExecutorFactory> factories = new LinkedHashMap<>();

		private @Nullable TaskStore store;

		private boolean storeIsGiven;

		private Builder() {
		}

		/**
		 * Adds a factory, in the place of one for the same type.
		 * @param factory the factory
		 * @return this
		 */
		public Builder factory(ExecutorFactory factory) {
			this.factories.put(Objects.requireNonNull(factory, "factory").type(), factory);
			return this;
		}

		/**
		 * Sets what keeps the records of tasks that have ended, in the place of one in
		 * memory. It is not closed with the registry.
		 * @param value the store, {@code null} to keep none
		 * @return this
		 */
		public Builder store(@Nullable TaskStore value) {
			this.store = value;
			this.storeIsGiven = true;
			return this;
		}

		/**
		 * Builds.
		 * @return a new registry without executors
		 */
		public StandardExecutorRegistry build() {
			return new StandardExecutorRegistry(this);
		}

	}

}
