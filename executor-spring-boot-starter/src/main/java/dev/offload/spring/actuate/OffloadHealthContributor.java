package dev.offload.spring.actuate;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

import dev.offload.ExecutorRegistry;
import dev.offload.OffloadExecutor;

/**
 * The health of all executors, each a component of its own: also of those that the
 * application asks for while it runs.
 */
final class OffloadHealthContributor implements CompositeHealthContributor {

	private final ExecutorRegistry registry;

	private final RecentTroubles troubles;

	OffloadHealthContributor(ExecutorRegistry registry, RecentTroubles troubles) {
		this.registry = registry;
		this.troubles = troubles;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.registry.find(name).map(this::indicator).orElse(null);
	}

	@Override
	public Stream<Entry> stream() {
		return this.registry.executors()
			.values()
			.stream()
			.map((executor) -> new Entry(executor.name(), indicator(executor)));
	}

	private ExecutorHealthIndicator indicator(OffloadExecutor executor) {
		return new ExecutorHealthIndicator(executor, this.troubles, () -> this.registry.tasks().storeTrouble());
	}

}
