package dev.offload.spring.reactive;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.Dispatchers;

/**
 * The caller of a {@code suspend} function where its task runs: there is nobody to be
 * continued, for its result is waited for. The function begins on the thread of the task,
 * where all is that belongs to the task.
 */
final class TaskContinuation implements Continuation<Object> {

	static final TaskContinuation INSTANCE = new TaskContinuation();

	private TaskContinuation() {
	}

	@Override
	public CoroutineContext getContext() {
		return Dispatchers.getUnconfined();
	}

	@Override
	public void resumeWith(Object result) {
		throw new IllegalStateException("The result of a task is waited for");
	}

}
