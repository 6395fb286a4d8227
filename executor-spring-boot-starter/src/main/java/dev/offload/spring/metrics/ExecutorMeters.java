package dev.offload.spring.metrics;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.offload.ExecutorSnapshot;
import dev.offload.OffloadExecutor;
import dev.offload.RejectionReason;
import dev.offload.TaskStatus;
import dev.offload.WorkerState;

/**
 * The gauges and counters of one executor: each reads its snapshot.
 */
final class ExecutorMeters implements MeterBinder {

	private static final String TASKS = "tasks";

	private static final String WORKERS = "workers";

	private final OffloadExecutor executor;

	private final Tags tags;

	ExecutorMeters(OffloadExecutor executor) {
		this.executor = executor;
		this.tags = Tags.of("name", executor.name());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindTasks(registry);
		bindWorkers(registry);
		bindCounters(registry);
	}

	private void bindTasks(MeterRegistry registry) {
		gauge(registry, "pending", TASKS, "Accepted tasks that have not ended", ExecutorSnapshot::pending);
		gauge(registry, "pending.max", TASKS, "The most tasks that may be pending", ExecutorSnapshot::maxPending);
		gauge(registry, "active", TASKS, "Tasks that run", ExecutorSnapshot::active);
		gauge(registry, "queued", TASKS, "Tasks that wait for a worker", ExecutorSnapshot::queued);
	}

	private void bindWorkers(MeterRegistry registry) {
		gauge(registry, "workers.max", WORKERS, "The most workers that there may be", ExecutorSnapshot::maxWorkers);
		for (WorkerState state : WorkerState.values()) {
			Gauge.builder(OffloadMetrics.PREFIX + ".workers", this.executor, (from) -> workers(from.snapshot(), state))
				.description("Worker processes")
				.baseUnit(WORKERS)
				.tags(this.tags.and("state", OffloadMetrics.word(state)))
				.register(registry);
		}
	}

	private void bindCounters(MeterRegistry registry) {
		counter(registry, "submitted", "Tasks accepted", this.tags, ExecutorSnapshot::submitted);
		for (TaskStatus status : TaskStatus.values()) {
			if (status.isFinal()) {
				counter(registry, "completed", "Tasks ended", this.tags.and("outcome", OffloadMetrics.word(status)),
						(snapshot) -> snapshot.completed().getOrDefault(status, 0L));
			}
		}
		for (RejectionReason reason : RejectionReason.values()) {
			counter(registry, "rejected", "Tasks refused", this.tags.and("reason", OffloadMetrics.word(reason)),
					(snapshot) -> snapshot.rejected().getOrDefault(reason, 0L));
		}
	}

	private void gauge(MeterRegistry registry, String name, String unit, String description,
			ToDoubleFunction<ExecutorSnapshot> value) {
		Gauge.builder(OffloadMetrics.PREFIX + "." + name, this.executor, (from) -> value.applyAsDouble(from.snapshot()))
			.description(description)
			.baseUnit(unit)
			.tags(this.tags)
			.register(registry);
	}

	private void counter(MeterRegistry registry, String name, String description, Tags tags,
			ToDoubleFunction<ExecutorSnapshot> value) {
		FunctionCounter
			.builder(OffloadMetrics.PREFIX + "." + name, this.executor, (from) -> value.applyAsDouble(from.snapshot()))
			.description(description)
			.baseUnit(TASKS)
			.tags(tags)
			.register(registry);
	}

	private static double workers(ExecutorSnapshot snapshot, WorkerState state) {
		return snapshot.workers().stream().filter((worker) -> worker.state() == state).count();
	}

}
