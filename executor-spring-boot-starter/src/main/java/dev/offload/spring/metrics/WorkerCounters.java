package dev.offload.spring.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

import dev.offload.WorkerEvent;
import dev.offload.WorkerEvent.Change;

/**
 * Counts workers that were started and that ended, by reason: also those from before
 * there was a registry. Safe for use by many threads.
 */
final class WorkerCounters {

	private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

	void bindTo(MeterRegistry registry) {
		this.counts.forEach((key, count) -> bind(registry, key, count));
	}

	void count(WorkerEvent event, List<MeterRegistry> registries) {
		if (event.change() == Change.READY) {
			return;
		}
		Key key = new Key(event.executor(), event.change(), event.reason());
		LongAdder count = this.counts.computeIfAbsent(key, (missing) -> new LongAdder());
		count.increment();
		registries.forEach((registry) -> bind(registry, key, count));
	}

	void forget(String executor) {
		this.counts.keySet().removeIf((key) -> key.executor().equals(executor));
	}

	// Does nothing where the registry has it.
	private static void bind(MeterRegistry registry, Key key, LongAdder count) {
		boolean started = key.change() == Change.STARTED;
		FunctionCounter
			.builder(OffloadMetrics.PREFIX + (started ? ".workers.started" : ".workers.ended"), count, LongAdder::sum)
			.description(started ? "Worker processes started" : "Worker processes ended")
			.baseUnit("workers")
			.tags("name", key.executor(), "reason", key.reason())
			.register(registry);
	}

	/**
	 * What is counted apart.
	 *
	 * @param executor the name of the executor
	 * @param change what happened
	 * @param reason why
	 */
	private record Key(String executor, Change change, String reason) {

	}

}
