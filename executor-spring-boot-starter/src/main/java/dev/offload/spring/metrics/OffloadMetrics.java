package dev.offload.spring.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSpec;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.TaskEvent;
import dev.offload.WorkerEvent;
import dev.offload.WorkerEvent.Change;
import dev.offload.spring.Words;

/**
 * Meters of all executors. Neither a process id nor the id of a task is in a tag.
 * <p>
 * What is counted and measured now comes from the executors' snapshots; times and the
 * reasons of workers come with events. An executor has its meters from its making to its
 * closing, whenever that is. Safe for use by many threads.
 */
public final class OffloadMetrics implements MeterBinder, DirectExecutorListener {

	private final Supplier<ExecutorRegistry> executors;

	private final ExecutorMeterConvention convention;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	/** The executors that are not closed, as far as they are known. */
	private final Map<String, ExecutorMeters> meters = new ConcurrentHashMap<>();

	/**
	 * Creates one.
	 * @param executors gives the executors, not asked before meters are bound
	 * @param convention names and tags of the meters
	 */
	public OffloadMetrics(Supplier<ExecutorRegistry> executors, ExecutorMeterConvention convention) {
		this.executors = executors;
		this.convention = convention;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		// Before the executors are looked at, so that none is made unseen between.
		this.registries.add(registry);
		this.executors.get().executors().values().forEach(this::expect);
		this.meters.values().forEach((each) -> each.bindTo(registry));
	}

	private void expect(OffloadExecutor executor) {
		if (executor.snapshot().state() != ExecutorState.CLOSED) {
			ExecutorMeters expected = metersOf(executor.name());
			if (executor.spec().type().equals(ExecutorSpec.PROCESS)) {
				expected.expectWorkers();
			}
			expected.expected();
		}
	}

	private ExecutorMeters metersOf(String executor) {
		ExecutorMeters made = this.meters.computeIfAbsent(executor, (name) -> new ExecutorMeters(name, this.convention,
				() -> this.executors.get().find(name).map(OffloadExecutor::snapshot).orElse(null)));
		this.registries.forEach(made::bindTo);
		return made;
	}

	/**
	 * The meters of an executor come when it is made, and go when it is closed.
	 */
	@Override
	public void executorChanged(String executor, ExecutorState state) {
		if (state == ExecutorState.OPEN) {
			metersOf(executor);
		}
		else if (state == ExecutorState.CLOSED) {
			ExecutorMeters closed = this.meters.remove(executor);
			if (closed != null) {
				closed.remove();
			}
		}
	}

	/**
	 * An executor of a type that does not tell when it is made has its meters from its
	 * first task on, and one that is made at run time those of its workers.
	 */
	@Override
	public void taskSubmitted(TaskEvent event) {
		if (this.registries.isEmpty()) {
			return;
		}
		ExecutorMeters known = this.meters.get(event.executor());
		if (known == null || !known.isExpected()) {
			this.executors.get().find(event.executor()).ifPresent(this::expect);
		}
	}

	@Override
	public void taskStarted(TaskEvent event) {
		tell(event.executor(), (told) -> told.waited(event.waiting()));
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		// A task that never ran has no running time.
		if (!event.running().isZero()) {
			tell(event.executor(), (told) -> told.ran(Words.of(event.status()), event.running()));
		}
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		if (event.change() == Change.READY) {
			return;
		}
		tell(event.executor(), (told) -> {
			told.expectWorkers();
			if (event.change() == Change.STARTED) {
				told.workerStarted(event.reason());
			}
			else {
				told.workerEnded(event.reason());
			}
		});
	}

	// What comes after an executor has closed brings no meters back.
	private void tell(String executor, Consumer<ExecutorMeters> event) {
		ExecutorMeters told = this.meters.get(executor);
		if (told != null) {
			event.accept(told);
		}
	}

}
