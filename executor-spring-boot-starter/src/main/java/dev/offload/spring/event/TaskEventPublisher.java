package dev.offload.spring.event;

import java.time.Duration;

import dev.offload.ExecutorListener;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;

/**
 * Makes application events of what happens to tasks.
 */
final class TaskEventPublisher implements ExecutorListener {

	private final EventListeners listeners;

	private final Audience audience;

	TaskEventPublisher(EventListeners listeners) {
		this.listeners = listeners;
		this.audience = new Audience(listeners, OffloadTaskEvent.Submitted.class, OffloadTaskEvent.Rejected.class,
				OffloadTaskEvent.Started.class, OffloadTaskEvent.Progressed.class, OffloadTaskEvent.Retrying.class,
				OffloadTaskEvent.Completed.class);
	}

	@Override
	public boolean isListening() {
		return this.audience.isThere();
	}

	@Override
	public void taskSubmitted(TaskEvent event) {
		this.listeners.publish(OffloadTaskEvent.Submitted.class, () -> new OffloadTaskEvent.Submitted(event));
	}

	@Override
	public void taskRejected(TaskEvent event, RejectionReason reason) {
		this.listeners.publish(OffloadTaskEvent.Rejected.class, () -> new OffloadTaskEvent.Rejected(event, reason));
	}

	@Override
	public void taskStarted(TaskEvent event) {
		this.listeners.publish(OffloadTaskEvent.Started.class, () -> new OffloadTaskEvent.Started(event));
	}

	@Override
	public void taskProgress(TaskEvent event, TaskProgress progress) {
		this.listeners.publish(OffloadTaskEvent.Progressed.class,
				() -> new OffloadTaskEvent.Progressed(event, progress));
	}

	@Override
	public void taskRetrying(TaskEvent event, Duration delay) {
		this.listeners.publish(OffloadTaskEvent.Retrying.class, () -> new OffloadTaskEvent.Retrying(event, delay));
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		this.listeners.publish(OffloadTaskEvent.Completed.class, () -> new OffloadTaskEvent.Completed(event));
	}

	@Override
	public void eventsDropped(String executor, long count) {
		this.listeners.publish(OffloadExecutorEvent.EventsDropped.class,
				() -> new OffloadExecutorEvent.EventsDropped(executor, count));
	}

}
