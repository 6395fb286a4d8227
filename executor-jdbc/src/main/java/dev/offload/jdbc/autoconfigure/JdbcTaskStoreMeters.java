package dev.offload.jdbc.autoconfigure;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.offload.jdbc.JdbcTaskStore;
import dev.offload.jdbc.JdbcTaskStoreState;

/**
 * Meters of a store.
 */
final class JdbcTaskStoreMeters implements MeterBinder {

	private static final String NAME = "offload.tasks.jdbc.";

	private final JdbcTaskStore store;

	JdbcTaskStoreMeters(JdbcTaskStore store) {
		this.store = store;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(NAME + "unwritten", this.store, (each) -> each.state().unwritten())
			.description("Tasks to be written still")
			.register(registry);
		count(registry, "written", "Rows written", JdbcTaskStoreState::written);
		count(registry, "failures", "Attempts to write that failed", JdbcTaskStoreState::failures);
		count(registry, "dropped", "Ended tasks not written, for want of room or because the database refused them",
				JdbcTaskStoreState::dropped);
		count(registry, "results.unkept", "Results not kept", JdbcTaskStoreState::unkeptResults);
	}

	private void count(MeterRegistry registry, String name, String description,
			ToDoubleFunction<JdbcTaskStoreState> value) {
		FunctionCounter.builder(NAME + name, this.store, (each) -> value.applyAsDouble(each.state()))
			.description(description)
			.register(registry);
	}

}
