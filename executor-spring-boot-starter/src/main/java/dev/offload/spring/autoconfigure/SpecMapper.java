package dev.offload.spring.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.util.unit.DataSize;

import dev.offload.ExecutorSpec;
import dev.offload.InvalidSettingException;
import dev.offload.RetrySpec;
import dev.offload.WorkerContext;
import dev.offload.WorkerSpec;

/**
 * Turns what configuration files say of an executor into its specification.
 */
final class SpecMapper {

	private static final Set<String> WITHOUT_WORKERS = Set.of(ExecutorSpec.THREAD, ExecutorSpec.VIRTUAL,
			ExecutorSpec.INLINE);

	private final PropertyMapper map = PropertyMapper.get();

	private final ExecutorProperties defaults;

	private final boolean directoriesChecked;

	/**
	 * Creates one.
	 * @param defaults what was set for all executors
	 * @param directoriesChecked whether directories must exist: relative ones of the
	 * service mean others in a process that runs elsewhere
	 */
	SpecMapper(ExecutorProperties defaults, boolean directoriesChecked) {
		this.defaults = defaults;
		this.directoriesChecked = directoriesChecked;
	}

	/**
	 * Makes the specification of an executor. Defaults that cannot apply to it are left
	 * out.
	 * @param name its name
	 * @param own what was set for it
	 * @return the specification
	 * @throws InvalidSettingException if a value is wrong
	 */
	ExecutorSpec toSpec(String name, ExecutorProperties own) {
		String type = (own.type() != null) ? own.type() : this.defaults.type();
		ExecutorProperties joined = DefaultsOverlay.join(own, applicable(type, own.worker()));
		ExecutorSpec.Builder builder = ExecutorSpec.builder(name);
		mapSizes(joined, builder);
		mapTimes(joined, builder);
		this.map.from(joined.type()).to(builder::type);
		this.map.from(joined.overload()).to(builder::overload);
		this.map.from(joined.start()).to(builder::start);
		this.map.from(joined.allowedTypes()).to(builder::allowedTypes);
		this.map.from(joined.codec()).to(builder::codec);
		this.map.from(joined.codecRoundTrip()).to(builder::codecRoundTrip);
		this.map.from(joined.options()).to(builder::options);
		List<Runnable> nested = new ArrayList<>();
		RetryProperties retry = joined.retry();
		if (retry != null) {
			nested.add(() -> builder.retry(toRetry(retry)));
		}
		if (joined.worker() != null || type == null || type.equals(ExecutorSpec.PROCESS)) {
			WorkerProperties worker = (joined.worker() != null) ? joined.worker() : WorkerProperties.NONE;
			nested.add(() -> builder.worker(toWorker(worker)));
		}
		return build(builder, nested);
	}

	// What is wrong with the rest is told together with what is wrong with nested
	// settings.
	private static ExecutorSpec build(ExecutorSpec.Builder builder, List<Runnable> nested) {
		InvalidSettingException first = null;
		for (Runnable setting : nested) {
			try {
				setting.run();
			}
			catch (InvalidSettingException ex) {
				first = join(first, ex);
			}
		}
		if (first == null) {
			return builder.build();
		}
		try {
			builder.build();
		}
		catch (InvalidSettingException ex) {
			first = join(first, ex);
		}
		throw first;
	}

	private static InvalidSettingException join(@Nullable InvalidSettingException first, InvalidSettingException more) {
		if (first == null) {
			return more;
		}
		more.all().forEach(first::addSuppressed);
		return first;
	}

	private RetrySpec toRetry(RetryProperties from) {
		RetrySpec none = RetrySpec.NONE;
		Duration delay = orElse(from.delay(), none.delay());
		Duration longest = orElse(from.maxDelay(), none.maxDelay());
		// A default gives way to what is set.
		if (from.maxDelay() == null && longest.compareTo(delay) < 0) {
			longest = delay;
		}
		if (from.delay() == null && !longest.isNegative() && longest.compareTo(delay) < 0) {
			delay = longest;
		}
		return new RetrySpec(orElse(from.maxAttempts(), none.maxAttempts()),
				orElse(from.maxCrashes(), none.maxCrashes()), delay, orElse(from.multiplier(), none.multiplier()),
				longest, orElse(from.jitter(), none.jitter()), orElse(from.includes(), none.includes()),
				orElse(from.excludes(), none.excludes()), orElse(from.quarantine(), none.quarantine()));
	}

	private static <T> T orElse(@Nullable T value, T otherwise) {
		return (value != null) ? value : otherwise;
	}

	private void mapSizes(ExecutorProperties from, ExecutorSpec.Builder builder) {
		this.map.from(from.maxWorkers()).to(builder::maxWorkers);
		this.map.from(from.minWorkers()).to(builder::minWorkers);
		this.map.from(from.spareWorkers()).to(builder::spareWorkers);
		this.map.from(from.threadsPerWorker()).to(builder::threadsPerWorker);
		this.map.from(from.maxPending()).to(builder::maxPending);
		this.map.from(from.maxPendingBytes()).as(DataSize::toBytes).to(builder::maxPendingBytes);
		this.map.from(from.rateLimit()).to(builder::rateLimit);
		this.map.from(from.startFailures()).to(builder::startFailures);
		this.map.from(from.maxTasksPerWorker()).to(builder::maxTasksPerWorker);
		this.map.from(from.maxWorkerMemory()).as(DataSize::toBytes).to(builder::maxWorkerMemory);
		this.map.from(from.maxPayloadBytes()).as(DataSize::toBytes).to(builder::maxPayloadBytes);
		this.map.from(from.maxSpoolBytes()).as(DataSize::toBytes).to(builder::maxSpoolBytes);
		this.map.from(from.spoolDirectory())
			.as((path) -> existing("spool-directory", path))
			.to(builder::spoolDirectory);
	}

	private void mapTimes(ExecutorProperties from, ExecutorSpec.Builder builder) {
		this.map.from(from.overloadWait()).to(builder::overloadWait);
		this.map.from(from.rateLimitPeriod()).to(builder::rateLimitPeriod);
		this.map.from(from.queueTimeout()).to(builder::queueTimeout);
		this.map.from(from.timeout()).to(builder::timeout);
		this.map.from(from.killGrace()).to(builder::killGrace);
		this.map.from(from.idleTimeout()).to(builder::idleTimeout);
		this.map.from(from.startTimeout()).to(builder::startTimeout);
		this.map.from(from.hangTimeout()).to(builder::hangTimeout);
		this.map.from(from.maxWorkerAge()).to(builder::maxWorkerAge);
		this.map.from(from.closeTimeout()).to(builder::closeTimeout);
	}

	private WorkerSpec toWorker(WorkerProperties from) {
		WorkerSpec.Builder builder = WorkerSpec.builder();
		builder.context((from.context() != null) ? from.context() : WorkerContext.APPLICATION);
		this.map.from(from.sources()).as((types) -> types.stream().map(Class::getName).toList()).to(builder::sources);
		this.map.from(from.profiles()).to(builder::profiles);
		this.map.from(from.properties()).to(builder::properties);
		this.map.from(from.heap()).as(DataSize::toBytes).to(builder::heapBytes);
		this.map.from(from.processors()).to(builder::processors);
		this.map.from(from.heapDumps()).as((path) -> existing("worker.heap-dumps", path)).to(builder::heapDumps);
		this.map.from(from.jvmArgs()).to(builder::jvmArgs);
		this.map.from(from.environment()).to(builder::environment);
		this.map.from(from.directory()).as((path) -> existing("worker.directory", path)).to(builder::directory);
		this.map.from(from.launcherPrefix()).to(builder::launcherPrefix);
		this.map.from(from.initializer()).as(Class::getName).to(builder::initializer);
		this.map.from(from.initializerArguments()).to(builder::initializerArguments);
		this.map.from(from.warmUp()).to(builder::warmUp);
		this.map.from(from.unsentProperties()).to(builder::unsentProperties);
		this.map.from(from.logging()).to(builder::logging);
		this.map.from(from.logDirectory())
			.as((path) -> existing("worker.log-directory", path))
			.to(builder::logDirectory);
		this.map.from(from.startupCache()).to(builder::startupCache);
		this.map.from(from.transport()).to(builder::transport);
		return builder.build();
	}

	private String existing(String setting, String directory) {
		if (this.directoriesChecked && !Files.isDirectory(Path.of(directory))) {
			throw new InvalidSettingException(null, setting,
					"must be a directory that exists, but is " + Path.of(directory).toAbsolutePath());
		}
		return directory;
	}

	private ExecutorProperties applicable(@Nullable String type, @Nullable WorkerProperties own) {
		ExecutorProperties all = this.defaults;
		boolean workers = type == null || !WITHOUT_WORKERS.contains(type);
		return new ExecutorProperties(all.type(), all.maxWorkers(), workers ? all.minWorkers() : null,
				workers ? all.spareWorkers() : null, workers ? all.threadsPerWorker() : null, all.maxPending(),
				all.maxPendingBytes(), all.overload(), all.overloadWait(), all.rateLimit(), all.rateLimitPeriod(),
				all.queueTimeout(), all.timeout(), all.killGrace(), all.idleTimeout(), all.start(), all.startTimeout(),
				all.startFailures(), all.hangTimeout(), workers ? all.maxTasksPerWorker() : null,
				workers ? all.maxWorkerAge() : null, workers ? all.maxWorkerMemory() : null, all.closeTimeout(),
				all.maxPayloadBytes(), all.maxSpoolBytes(), all.spoolDirectory(), all.allowedTypes(), all.codec(),
				all.codecRoundTrip(), all.options(), all.retry(), workers ? applicable(all.worker(), own) : null);
	}

	private static @Nullable WorkerProperties applicable(@Nullable WorkerProperties all,
			@Nullable WorkerProperties own) {
		if (all == null || own == null) {
			return all;
		}
		WorkerContext context = (own.context() != null) ? own.context() : all.context();
		boolean beans = context != WorkerContext.NONE;
		boolean initializer = own.initializer() == null;
		boolean arguments = initializer && (beans || all.initializer() != null);
		return new WorkerProperties(context, (context == WorkerContext.SOURCES) ? all.sources() : null,
				beans ? all.profiles() : null, beans ? all.properties() : null, all.heap(), all.processors(),
				all.heapDumps(), all.jvmArgs(), all.environment(), all.directory(), all.launcherPrefix(),
				initializer ? all.initializer() : null, arguments ? all.initializerArguments() : null,
				beans ? all.warmUp() : null, beans ? all.unsentProperties() : null, all.logging(), all.logDirectory(),
				all.startupCache(), all.transport());
	}

}
