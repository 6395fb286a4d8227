package dev.offload.spring.observation;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;
import dev.offload.spi.ContextCarrier.Carried;

/**
 * The observation of one task in the service, and within it that of its wait for a slot.
 * Its methods are called by whichever thread; {@link #started()} and the end may be so at
 * the same time.
 */
final class ObservedTask implements Carried {

	private static final String QUEUE = DefaultOffloadObservationConvention.NAME + ".queue";

	private final Observation observation;

	private final OffloadObservationContext context;

	private final Map<String, String> entries;

	private final Observation queue;

	/**
	 * A task may be ended by one thread while another hands it over: the first counts.
	 */
	private final AtomicBoolean queued = new AtomicBoolean(true);

	ObservedTask(Observation observation, OffloadObservationContext context, Map<String, String> entries,
			ObservationRegistry registry) {
		this.observation = observation;
		this.context = context;
		this.entries = entries;
		String executor = context.task().executor();
		Observation waiting = Observation.createNotStarted(QUEUE, registry)
			.contextualName("queue " + executor)
			.parentObservation(observation)
			.lowCardinalityKeyValue("executor", executor);
		// a tracer takes the span of this thread for the parent, whatever is said here
		this.queue = waiting;
		observation.scoped((Runnable) waiting::start);
	}

	@Override
	public Map<String, String> entries() {
		return this.entries;
	}

	@Override
	public void started() {
		leaveQueue();
	}

	@Override
	public void rejected(Throwable failure) {
		this.context.rejected();
		stop(failure);
	}

	@Override
	public void ended(TaskStatus status, @Nullable Throwable failure) {
		this.context.ended(status);
		stop(failure);
	}

	private void stop(@Nullable Throwable failure) {
		leaveQueue();
		if (failure != null) {
			this.observation.error(failure);
		}
		this.observation.stop();
	}

	private void leaveQueue() {
		if (this.queued.compareAndSet(true, false)) {
			this.queue.stop();
		}
	}

}
