package dev.offload.spring.event;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.WorkerEvent;

/**
 * Makes application events of what happens to executors and workers.
 */
final class ExecutorEventPublisher implements ExecutorListener {

	private final EventListeners listeners;

	private final Audience audience;

	ExecutorEventPublisher(EventListeners listeners) {
		this.listeners = listeners;
		this.audience = new Audience(listeners, OffloadExecutorEvent.StateChanged.class,
				OffloadExecutorEvent.Paused.class, OffloadExecutorEvent.Saturated.class,
				OffloadExecutorEvent.WorkerChanged.class);
	}

	@Override
	public boolean isListening() {
		return this.audience.isThere();
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
