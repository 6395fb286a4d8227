package dev.offload.spring.actuate;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorState;
import dev.offload.OffloadExecutor;
import dev.offload.TaskStoreTrouble;
import dev.offload.spring.Words;

/**
 * The health of one executor: down if it can run no task, out of service if somebody
 * wants it so, otherwise up, and degraded for a while after something went wrong.
 */
final class ExecutorHealthIndicator extends AbstractHealthIndicator {

	/** Of the room for tasks, in hundredths. */
	private static final long NEARLY_FULL = 80;

	private final OffloadExecutor executor;

	private final RecentTroubles troubles;

	private final Supplier<Optional<TaskStoreTrouble>> store;

	ExecutorHealthIndicator(OffloadExecutor executor, RecentTroubles troubles,
			Supplier<Optional<TaskStoreTrouble>> store) {
		super("Executor '" + executor.name() + "' could not be read");
		this.executor = executor;
		this.troubles = troubles;
		this.store = store;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ExecutorSnapshot snapshot = this.executor.snapshot();
		builder.status(status(snapshot))
			.withDetail("type", snapshot.type())
			.withDetail("state", Words.of(snapshot.state()))
			.withDetail("paused", snapshot.paused());
		String unavailable = ExecutorDescriptor.unavailable(snapshot);
		if (unavailable != null) {
			builder.withDetail("unavailable", unavailable);
		}
		List<String> degraded = troubles(snapshot).stream().map(Words::of).toList();
		if (!degraded.isEmpty()) {
			builder.withDetail("degraded", degraded);
		}
		builder.withDetail("pending", snapshot.pending())
			.withDetail("maxPending", snapshot.maxPending())
			.withDetail("workers", snapshot.workers().size())
			.withDetail("workersCrashed", snapshot.workersCrashed());
		// Tasks go on without it, so the executor is no worse.
		this.store.get()
			.ifPresent((trouble) -> builder.withDetail("store",
					"failing since " + trouble.since() + ": " + trouble.error()));
	}

	private static Status status(ExecutorSnapshot snapshot) {
		if (snapshot.state() != ExecutorState.OPEN || snapshot.paused()) {
			return Status.OUT_OF_SERVICE;
		}
		return (snapshot.unavailable() != null) ? Status.DOWN : Status.UP;
	}

	private List<Trouble> troubles(ExecutorSnapshot snapshot) {
		if (snapshot.pending() * 100 >= snapshot.maxPending() * NEARLY_FULL) {
			this.troubles.saw(snapshot.name(), Trouble.NEARLY_FULL);
		}
		return this.troubles.of(snapshot.name());
	}

}
