package dev.offload;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The task that a thread runs. For those who run tasks; tasks use
 * {@link TaskContext#current()}.
 */
public final class CurrentTask {

	private static final TaskContext NONE = new TaskContext() {
		@Override
		public String id() {
			return "";
		}

		@Override
		public int attempt() {
			return 1;
		}

		@Override
		public Optional<Instant> deadline() {
			return Optional.empty();
		}

		@Override
		public boolean isCancelled() {
			return Thread.currentThread().isInterrupted();
		}

		@Override
		public void progress(long done, long total, @Nullable String message) {
		}
	};

	private static final ThreadLocal<@Nullable TaskContext> CURRENT = new ThreadLocal<>();

	private CurrentTask() {
	}

	static TaskContext get() {
		TaskContext context = CURRENT.get();
		return (context != null) ? context : NONE;
	}

	/**
	 * This thread begins to run a task, or goes back to the one it ran before.
	 * @param context the context of the task, {@code null} for none
	 * @return the context of before, {@code null} for none
	 */
	public static @Nullable TaskContext set(@Nullable TaskContext context) {
		TaskContext before = CURRENT.get();
		// To remove it and make it anew each time takes longer.
		CURRENT.set(context);
		return before;
	}

}
