package dev.offload.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.offload.ExecutorOperations;
import dev.offload.ExecutorSpec;

/**
 * The operations of an executor: what concerns tasks is done here, what concerns workers
 * by its backend.
 */
final class StandardOperations implements ExecutorOperations {

	private final ExecutorSpec spec;

	private final TaskLifecycle lifecycle;

	private final ExecutorBackend backend;

	private final Size size;

	StandardOperations(ExecutorSpec spec, TaskLifecycle lifecycle, ExecutorBackend backend, Size size) {
		this.spec = spec;
		this.lifecycle = lifecycle;
		this.backend = backend;
		this.size = size;
	}

	@Override
	public void resize(int maxWorkers) {
		if (maxWorkers < 1) {
			throw new IllegalArgumentException(
					"Executor '" + this.spec.name() + "': max-workers must be at least 1, but is " + maxWorkers);
		}
		supported("be resized", () -> this.backend.resize(maxWorkers));
		this.size.change(maxWorkers);
	}

	@Override
	public void pause() {
		supported("be paused", this.backend::requireQueue);
		this.lifecycle.dispatcher().pause();
	}

	@Override
	public void resume() {
		supported("be resumed", this.backend::requireQueue);
		this.lifecycle.dispatcher().resume();
	}

	@Override
	public void recycle() {
		supported("recycle workers", this.backend::recycle);
	}

	@Override
	public boolean recycle(int worker) {
		return give("recycle workers", () -> this.backend.recycle(worker));
	}

	@Override
	public boolean cancel(String taskId) {
		return each(taskId, this.lifecycle::cancel);
	}

	@Override
	public boolean kill(String taskId) {
		return each(taskId, this.lifecycle::kill);
	}

	// Ids that callers give need not be unique.
	private boolean each(String taskId, Predicate<PendingTask> end) {
		boolean ended = false;
		for (PendingTask task : this.lifecycle.dispatcher().find(taskId)) {
			ended |= end.test(task);
		}
		return ended;
	}

	@Override
	public CompletableFuture<String> threadDump(int worker) {
		return give("tell the stacks of workers", () -> this.backend.threadDump(worker));
	}

	private void supported(String what, Runnable operation) {
		give(what, () -> {
			operation.run();
			return true;
		});
	}

	private <T> T give(String what, Supplier<T> operation) {
		try {
			return operation.get();
		}
		catch (UnsupportedOperationException ex) {
			throw new UnsupportedOperationException("Executor '" + this.spec.name() + "' of type " + this.spec.type()
					+ " cannot " + what + ", for " + ex.getMessage(), ex);
		}
	}

}
