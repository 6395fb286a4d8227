package dev.offload.spring.metrics;

import java.util.function.Supplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import dev.offload.Tasks;

/**
 * Counts how often the store of tasks failed to keep one, which fails no task.
 */
public final class TaskStoreMetrics implements MeterBinder {

	private static final String FAILURES = "offload.tasks.store.failures";

	private final Supplier<@Nullable Tasks> tasks;

	/**
	 * Creates one.
	 * @param tasks gives the tasks, not asked before meters are bound; {@code null} if
	 * there are none
	 */
	public TaskStoreMetrics(Supplier<@Nullable Tasks> tasks) {
		this.tasks = tasks;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Tasks known = this.tasks.get();
		if (known != null) {
			FunctionCounter.builder(FAILURES, known, Tasks::storeFailures)
				.description("Tasks that the store failed to keep")
				.baseUnit("tasks")
				.register(registry);
		}
	}

}
