package dev.offload;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several listeners as one. An executor tells each of them apart from the others: none
 * waits for another, or misses an event because another failed.
 */
public final class CompositeExecutorListener implements ExecutorListener {

	private final List<ExecutorListener> members;

	/**
	 * Creates one.
	 * @param members the listeners, told in their order
	 */
	public CompositeExecutorListener(List<? extends ExecutorListener> members) {
		this.members = List.copyOf(members);
	}

	/**
	 * Who is told.
	 * @return the listeners in their order
	 */
	public List<ExecutorListener> members() {
		return this.members;
	}

	@Override
	public boolean isListening() {
		return this.members.stream().anyMatch(ExecutorListener::isListening);
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		tell((member) -> member.executorChanged(executor, state));
	}

	@Override
	public void executorPaused(String executor, boolean paused) {
		tell((member) -> member.executorPaused(executor, paused));
	}

	@Override
	public void executorSaturated(String executor, boolean saturated) {
		tell((member) -> member.executorSaturated(executor, saturated));
	}

	@Override
	public void taskSubmitted(TaskEvent event) {
		tell((member) -> member.taskSubmitted(event));
	}

	@Override
	public void taskRejected(TaskEvent event, RejectionReason reason) {
		tell((member) -> member.taskRejected(event, reason));
	}

	@Override
	public void taskStarted(TaskEvent event) {
		tell((member) -> member.taskStarted(event));
	}

	@Override
	public void taskProgress(TaskEvent event, TaskProgress progress) {
		tell((member) -> member.taskProgress(event, progress));
	}

	@Override
	public void taskRetrying(TaskEvent event, Duration delay) {
		tell((member) -> member.taskRetrying(event, delay));
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		tell((member) -> member.taskCompleted(event));
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		tell((member) -> member.workerChanged(event));
	}

	@Override
	public void eventsDropped(String executor, long count) {
		tell((member) -> member.eventsDropped(executor, count));
	}

	private void tell(Consumer<ExecutorListener> event) {
		this.members.stream().filter(ExecutorListener::isListening).forEach(event);
	}

}
