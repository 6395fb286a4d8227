package dev.offload.spring.event;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.WorkerEvent;

/**
 * Makes application events of what happens to executors and workers.
 */
final class ExecutorEventPublisher implements ExecutorListener {

	private static final List<Class<?>> TYPES = List.of(OffloadExecutorEvent.StateChanged.class,
			OffloadExecutorEvent.Paused.class, OffloadExecutorEvent.Saturated.class,
			OffloadExecutorEvent.WorkerChanged.class);

	private final EventListeners listeners;

	/** Written once the listeners are known: whether there is any. */
	private volatile @Nullable Boolean listening;

	ExecutorEventPublisher(EventListeners listeners) {
		this.listeners = listeners;
	}

	@Override
	public boolean isListening() {
		Boolean known = this.listening;
		if (known == null && this.listeners.areKnown()) {
			known = TYPES.stream().anyMatch(this.listeners::want);
			this.listening = known;
		}
		return known != null && known;
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		this.listeners.publish(OffloadExecutorEvent.StateChanged.class,
				() -> new OffloadExecutorEvent.StateChanged(executor, state));
	}

	@Override
	public void executorPaused(String executor, boolean paused) {
		this.listeners.publish(OffloadExecutorEvent.Paused.class,
				() -> new OffloadExecutorEvent.Paused(executor, paused));
	}

	@Override
	public void executorSaturated(String executor, boolean saturated) {
		this.listeners.publish(OffloadExecutorEvent.Saturated.class,
				() -> new OffloadExecutorEvent.Saturated(executor, saturated));
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		this.listeners.publish(OffloadExecutorEvent.WorkerChanged.class,
				() -> new OffloadExecutorEvent.WorkerChanged(event));
	}

}
