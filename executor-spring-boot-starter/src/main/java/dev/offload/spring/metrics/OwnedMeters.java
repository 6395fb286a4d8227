package dev.offload.spring.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one executor in one registry. They are kept as the registry made them, so
 * that they are found again whatever filters have made of their names. Safe for use by
 * many threads.
 */
final class OwnedMeters {

	private final MeterRegistry registry;

	private final ExecutorMeterConvention convention;

	private final Tags tags;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock; another context may have others in the same registry. */
	private final List<Meter> owned = new ArrayList<>();

	/** Guarded by the lock: nothing is added any more. */
	private boolean removed;

	/** Written under the lock. */
	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

	OwnedMeters(MeterRegistry registry, ExecutorMeterConvention convention, String executor) {
		this.registry = registry;
		this.convention = convention;
		this.tags = convention.tags(executor);
	}

	boolean isIn(MeterRegistry other) {
		return this.registry.equals(other);
	}

	// What is measured is held weakly.
	<T> void gauge(Description meter, T from, ToDoubleFunction<T> value) {
		register((into) -> Gauge.builder(this.convention.name(meter.name()), from, value)
			.description(meter.text())
			.baseUnit(meter.unit())
			.tags(this.tags.and(meter.tags()))
			.register(into));
	}

	<T> void counter(Description meter, T from, ToDoubleFunction<T> value) {
		register((into) -> FunctionCounter.builder(this.convention.name(meter.name()), from, value)
			.description(meter.text())
			.baseUnit(meter.unit())
			.tags(this.tags.and(meter.tags()))
			.register(into));
	}

	// For each task: a timer is made once.
	void time(String name, String outcome, String text, Duration time) {
		Key key = new Key(name, outcome);
		Timer timer = this.timers.get(key);
		if (timer == null) {
			timer = register((into) -> this.timers.computeIfAbsent(key,
					(missing) -> Timer.builder(this.convention.name(name))
						.description(text)
						.tags(outcome.isEmpty() ? this.tags : this.tags.and("outcome", outcome))
						.register(into)));
		}
		if (timer != null) {
			timer.record(time);
		}
	}

	private <M extends Meter> @Nullable M register(Function<MeterRegistry, M> registration) {
		this.lock.lock();
		try {
			if (this.removed) {
				return null;
			}
			Set<Meter> before = Collections.newSetFromMap(new IdentityHashMap<>());
			before.addAll(this.registry.getMeters());
			M meter = registration.apply(this.registry);
			if (before.add(meter)) {
				this.owned.add(meter);
			}
			return meter;
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove() {
		this.lock.lock();
		try {
			this.removed = true;
			this.owned.forEach(this.registry::remove);
			this.owned.clear();
			this.timers.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What a meter is.
	 *
	 * @param name what it measures
	 * @param unit of what, {@code null} where the name says it
	 * @param text in words
	 * @param tags its tags beside those of the executor
	 */
	record Description(String name, @Nullable String unit, String text, Tags tags) {

		Description(String name, @Nullable String unit, String text) {
			this(name, unit, text, Tags.empty());
		}

		Description with(String key, String value) {
			return new Description(this.name, this.unit, this.text, this.tags.and(key, value));
		}

	}

	/**
	 * Which timer.
	 *
	 * @param name what it measures
	 * @param outcome the outcome of its tasks, empty for all
	 */
	private record Key(String name, String outcome) {

	}

}
