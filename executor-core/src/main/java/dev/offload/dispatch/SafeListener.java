package dev.offload.dispatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.ExecutorListener;
import dev.offload.ExecutorState;
import dev.offload.RejectionReason;
import dev.offload.TaskEvent;
import dev.offload.TaskProgress;
import dev.offload.WorkerEvent;

/**
 * Calls another listener and logs what it throws.
 */
final class SafeListener implements ExecutorListener {

	private static final Logger logger = LoggerFactory.getLogger(SafeListener.class);

	private final ExecutorListener delegate;

	SafeListener(ExecutorListener delegate) {
		this.delegate = delegate;
	}

	@Override
	public void executorChanged(String executor, ExecutorState state) {
		safely(() -> this.delegate.executorChanged(executor, state));
	}

	@Override
	public void taskSubmitted(TaskEvent event) {
		safely(() -> this.delegate.taskSubmitted(event));
	}

	@Override
	public void taskRejected(String executor, RejectionReason reason) {
		safely(() -> this.delegate.taskRejected(executor, reason));
	}

	@Override
	public void taskStarted(TaskEvent event) {
		safely(() -> this.delegate.taskStarted(event));
	}

	@Override
	public void taskProgress(TaskEvent event, TaskProgress progress) {
		safely(() -> this.delegate.taskProgress(event, progress));
	}

	@Override
	public void taskCompleted(TaskEvent event) {
		safely(() -> this.delegate.taskCompleted(event));
	}

	@Override
	public void workerChanged(WorkerEvent event) {
		safely(() -> this.delegate.workerChanged(event));
	}

	private void safely(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("Listener {} failed", this.delegate, ex);
		}
	}

}
