package dev.offload.spring.event;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorListener;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;

/**
 * Makes application events of what happens to tasks.
 */
final class TaskEventPublisher implements ExecutorListener {

	private static final List<Class<?>> TYPES = List.of(OffloadTaskEvent.Submitted.class,
			OffloadTaskEvent.Rejected.class, OffloadTaskEvent.Started.class, OffloadTaskEvent.Progressed.class,
			OffloadTaskEvent.Retrying.class, OffloadTaskEvent.Completed.class);

	private final EventListeners listeners;

	/** Written once the listeners are known: whether there is any. */
	private volatile @Nullable Boolean listening;

	TaskEventPublisher(EventListeners listeners) {
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
