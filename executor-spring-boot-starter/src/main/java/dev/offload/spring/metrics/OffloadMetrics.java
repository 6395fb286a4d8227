package dev.offload.spring.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorState;
import dev.offload.TaskEvent;
import dev.offload.WorkerEvent;

/**
 * Meters of all executors, named {@code offload.executor.*}, with the name of the
 * executor as tag {@code name}. Neither a process id nor the id of a task is in a tag.
 * <p>
 * What is counted and measured now comes from the executors' snapshots; times and the
 * reasons of workers come with events. The meters of an executor go when it closes. Safe
 * for use by many threads.
 */
public final class OffloadMetrics implements MeterBinder, ExecutorListener {

	static final String PREFIX = "offload.executor";

	private final Supplier<ExecutorRegistry> executors;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	/** The names of the executors that have meters. */
	private final Set<String> metered = ConcurrentHashMap.newKeySet();

	private final WorkerCounters workers = new WorkerCounters();

	/**
	 * Creates one.
	 * @param executors gives the executors, not asked before meters are bound
	 */
	public OffloadMetrics(Supplier<ExecutorRegistry> executors) {
		this.executors = executors;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.executors.get().executors().forEach((name, executor) -> {
			this.metered.add(name);
			new ExecutorMeters(executor).bindTo(registry);
		});
		this.workers.bindTo(registry);
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		if (state == ExecutorState.CLOSED) {
			this.metered.remove(executor);
			this.workers.forget(executor);
			this.registries.forEach((registry) -> remove(registry, executor));
		}
	}

	/**
	 * Executors that the application asks for while it runs get their meters with their
	 * first task.
	 */
	@Override
	public void taskSubmitted(TaskEvent event) {
		if (!this.registries.isEmpty() && this.metered.add(event.executor())) {
			this.executors.get()
				.find(event.executor())
				.map(ExecutorMeters::new)
				.ifPresent((meters) -> this.registries.forEach(meters::bindTo));
		}
	}

	@Override
	public void taskStarted(TaskEvent event) {
		record("wait", "How long tasks waited for a worker", event, event.waiting(), Tags.empty());
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		// A task that never ran has no running time.
		if (!event.running().isZero()) {
			record("run", "How long tasks ran", event, event.running(), Tags.of("outcome", word(event.status())));
		}
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		this.workers.count(event, this.registries);
	}

	/**
	 * The word that stands for a constant in tags.
	 * @param constant the constant
	 * @return its name in lower case with dashes
	 */
	static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private void record(String meter, String description, TaskEvent event, Duration time, Tags tags) {
		// What ends while its executor closes would bring meters back.
		if (!this.metered.contains(event.executor())) {
			return;
		}
		for (MeterRegistry registry : this.registries) {
			Timer.builder(PREFIX + "." + meter)
				.description(description)
				.tags(tags.and("name", event.executor()))
				.register(registry)
				.record(time);
		}
	}

	private static void remove(MeterRegistry registry, String executor) {
		for (Meter meter : registry.getMeters()) {
			if (meter.getId().getName().startsWith(PREFIX) && executor.equals(meter.getId().getTag("name"))) {
				registry.remove(meter);
			}
		}
	}

}
