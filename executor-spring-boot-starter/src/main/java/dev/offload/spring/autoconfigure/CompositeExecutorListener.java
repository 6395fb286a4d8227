package dev.offload.spring.autoconfigure;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;
import dev.offload.WorkerEvent;

/**
 * Tells all listeners, also when one fails.
 */
final class CompositeExecutorListener implements ExecutorListener {

	private static final Logger logger = LoggerFactory.getLogger(CompositeExecutorListener.class);

	private final List<ExecutorListener> listeners;

	CompositeExecutorListener(List<ExecutorListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		tell((listener) -> listener.executorChanged(executor, state));
	}

	@Override
	public void taskSubmitted(TaskEvent event) {
		tell((listener) -> listener.taskSubmitted(event));
	}

	@Override
	public void taskRejected(String executor, RejectionReason reason) {
		tell((listener) -> listener.taskRejected(executor, reason));
	}

	@Override
	public void taskStarted(TaskEvent event) {
		tell((listener) -> listener.taskStarted(event));
	}

	@Override
	public void taskProgress(TaskEvent event, TaskProgress progress) {
		tell((listener) -> listener.taskProgress(event, progress));
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		tell((listener) -> listener.taskCompleted(event));
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		tell((listener) -> listener.workerChanged(event));
	}

	private void tell(Consumer<ExecutorListener> event) {
		for (ExecutorListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("{} failed, and changes nothing by it", listener.getClass().getName(), ex);
			}
		}
	}

}
