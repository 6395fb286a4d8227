package dev.offload.spring.observation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

import dev.offload.spi.ContextCarrier;
import dev.offload.spi.TaskDescription;

/**
 * Observes each task in the service from its submission to its end, and where it runs
 * continues the trace. It is the innermost carrier: what a tracer puts into the log is
 * not covered by what others bring. Safe for use by many threads.
 */
public final class ObservationContextCarrier implements ContextCarrier, Ordered {

	private static final String NAME = "observation";

	private static final String EXECUTOR = "task.executor";

	private static final String ID = "task.id";

	private static final String LABEL = "task.label";

	private static final OffloadObservationConvention DEFAULT_CONVENTION = new DefaultOffloadObservationConvention();

	private static final RunObservationConvention RUN_CONVENTION = new RunObservationConvention();

	private final Supplier<ObservationRegistry> registry;

	private final @Nullable OffloadObservationConvention convention;

	/**
	 * Creates one.
	 * @param registry gives the registry, not asked before the first task
	 * @param convention the names and values of observations, {@code null} for the
	 * default
	 */
	public ObservationContextCarrier(Supplier<ObservationRegistry> registry,
			@Nullable OffloadObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public String name() {
		return NAME;
	}

	// The observation stays current on no thread of the service: the caller's code does
	// not go on inside of it, and it may end on any thread.
	@Override
	public Carried capture(TaskDescription task) {
		ObservationRegistry observations = this.registry.get();
		if (observations.isNoop()) {
			return Carried.NOTHING;
		}
		OffloadObservationContext context = new OffloadObservationContext(task);
		Observation observation = Observation.createNotStarted(this.convention, DEFAULT_CONVENTION, () -> context,
				observations);
		if (observation.isNoop()) {
			return Carried.NOTHING;
		}
		observation.start();
		return new ObservedTask(observation, context, entries(context), observations);
	}

	@Override
	public Origin origin() {
		Observation current = this.registry.get().getCurrentObservation();
		return (current != null) ? () -> current.openScope()::close : Origin.NONE;
	}

	// Without a trace there is nothing to continue where the task runs.
	private static Map<String, String> entries(OffloadObservationContext context) {
		Map<String, String> propagated = context.propagated();
		if (propagated.isEmpty()) {
			return Map.of();
		}
		Map<String, String> entries = new LinkedHashMap<>(propagated);
		entries.put(EXECUTOR, context.task().executor());
		entries.put(ID, context.task().id());
		entries.put(LABEL, context.task().label());
		return entries;
	}

	// The run was observed to its end, and who asks for the items has a trace of its own.
	@Override
	public Scope resume(Map<String, String> entries) {
		return Scope.NONE;
	}

	@Override
	public Scope restore(Map<String, String> entries) {
		TaskDescription task = new TaskDescription(entries.getOrDefault(EXECUTOR, ""), entries.getOrDefault(ID, ""),
				entries.getOrDefault(LABEL, ""));
		OffloadRunObservationContext context = new OffloadRunObservationContext(task, entries);
		Observation observation = Observation.createNotStarted(RUN_CONVENTION, () -> context, this.registry.get())
			.start();
		Observation.Scope scope = observation.openScope();
		return new Scope() {
			@Override
			public void failed(Throwable failure) {
				context.failed();
				observation.error(failure);
			}

			@Override
			public void close() {
				scope.close();
				observation.stop();
			}
		};
	}

}
