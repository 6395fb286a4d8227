package dev.offload.spring.metrics;

import java.util.List;

/**
 * Why workers are started and why they end, as the core says it.
 */
final class WorkerReasons {

	static final List<String> STARTED = List.of("demand", "eager", "recycle");

	static final List<String> ENDED = List.of("crash", "protocol", "start-failed", "timeout", "cancel", "hang",
			"recycle", "age", "memory", "request", "resize", "idle", "close");

	private WorkerReasons() {
	}

}
