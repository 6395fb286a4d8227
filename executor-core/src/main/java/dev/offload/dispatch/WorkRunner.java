package dev.offload.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Runs the work of tasks in this JVM.
 */
@FunctionalInterface
public interface WorkRunner {

	/**
	 * Runs it on this thread, waiting for its future if it gives one.
	 * @param task the task
	 * @return its result
	 * @throws Throwable what it fails with
	 */
	@Nullable Object run(PendingTask task) throws Throwable;

}
