package dev.offload.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.offload.DirectExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.WorkerEvent;
import dev.offload.WorkerEvent.Change;

/**
 * Remembers for a while what went wrong, so that health does not come and go with each
 * crash. Safe for use by many threads.
 */
final class RecentTroubles implements DirectExecutorListener {

	static final Duration MEMORY = Duration.ofMinutes(5);

	/**
	 * Others are what somebody has asked for, such as a rate, or their caller's trouble.
	 */
	private static final Set<RejectionReason> TROUBLING = EnumSet.of(RejectionReason.MAX_PENDING,
			RejectionReason.MAX_PENDING_BYTES, RejectionReason.MAX_SPOOL_BYTES, RejectionReason.NO_WORKER);

	private final InstantSource clock;

	/** By executor: when each was seen last. */
	private final Map<String, Map<Trouble, Instant>> seen = new ConcurrentHashMap<>();

	RecentTroubles(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		if (event.change() != Change.ENDED) {
			return;
		}
		switch (event.reason()) {
			case "crash", "hang", "protocol" -> saw(event.executor(), Trouble.WORKERS_DIED);
			case "start-failed" -> saw(event.executor(), Trouble.WORKERS_NOT_STARTED);
			default -> {
			}
		}
	}

	@Override
	public void taskRejected(TaskEvent event, RejectionReason reason) {
		if (TROUBLING.contains(reason)) {
			saw(event.executor(), Trouble.TASKS_REFUSED);
		}
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		if (state == ExecutorState.CLOSED) {
			this.seen.remove(executor);
		}
	}

	void saw(String executor, Trouble trouble) {
		this.seen.computeIfAbsent(executor, (missing) -> new ConcurrentHashMap<>()).put(trouble, this.clock.instant());
	}

	// In the order of their declaration.
	List<Trouble> of(String executor) {
		Map<Trouble, Instant> times = this.seen.getOrDefault(executor, Map.of());
		Instant start = this.clock.instant().minus(MEMORY);
		return Stream.of(Trouble.values())
			.filter((trouble) -> times.getOrDefault(trouble, Instant.MIN).isAfter(start))
			.toList();
	}

}
