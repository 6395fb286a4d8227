package dev.offload.dispatch;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Where a task was when its time was up.
 *
 * @param stack the innermost frames of its thread, none if they are not known
 * @param file the file with the stacks of all threads of its worker, {@code null} if
 * there is none
 */
public record ThreadTrace(List<String> stack, @Nullable String file) {

	/**
	 * Nothing is known.
	 */
	public static final ThreadTrace NONE = new ThreadTrace(List.of(), null);

	/**
	 * So many frames are told.
	 */
	public static final int MAX_FRAMES = 20;

	public ThreadTrace {
		stack = List.copyOf(stack);
	}

	// What is known by then; an interrupt ends the wait and stays set.
	static ThreadTrace of(@Nullable Future<ThreadTrace> coming, long millis) {
		try {
			return (coming != null) ? coming.get(millis, TimeUnit.MILLISECONDS) : NONE;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// It is told without.
		}
		return NONE;
	}

}
