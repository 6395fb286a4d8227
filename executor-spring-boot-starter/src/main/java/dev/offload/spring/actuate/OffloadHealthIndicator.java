package dev.offload.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.offload.ExecutorRegistry;
import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorState;

/**
 * Up while all executors take tasks, down while one of them cannot start a worker, and
 * out of service once one of them is closed or closes.
 */
final class OffloadHealthIndicator extends AbstractHealthIndicator {

	private final ExecutorRegistry registry;

	OffloadHealthIndicator(ExecutorRegistry registry) {
		super("The executors could not be read");
		this.registry = registry;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Status status = Status.UP;
		for (ExecutorSnapshot snapshot : this.registry.snapshots()) {
			if (snapshot.state() != ExecutorState.OPEN) {
				status = Status.OUT_OF_SERVICE;
			}
			else if (snapshot.unavailable() != null && status.equals(Status.UP)) {
				status = Status.DOWN;
			}
			builder.withDetail(snapshot.name(), details(snapshot));
		}
		builder.status(status);
	}

	private static Map<String, Object> details(ExecutorSnapshot snapshot) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("type", snapshot.type());
		details.put("state", ExecutorDescriptor.word(snapshot.state()));
		if (snapshot.unavailable() != null) {
			details.put("unavailable", snapshot.unavailable());
		}
		details.put("pending", snapshot.pending());
		details.put("maxPending", snapshot.maxPending());
		details.put("workers", snapshot.workers().size());
		details.put("workersCrashed", snapshot.workersCrashed());
		return details;
	}

}
