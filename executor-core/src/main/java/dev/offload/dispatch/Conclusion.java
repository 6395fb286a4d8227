package dev.offload.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * What comes after an attempt at a task: another one, or the end.
 *
 * @param next the attempt that follows, {@code null} at the end
 * @param value the result, at a good end
 * @param failure the exception, {@code null} at a good end
 */
record Conclusion(@Nullable PendingTask next, @Nullable Object value, @Nullable Throwable failure) {

	// The result, at the end.
	@Nullable Object get() throws Throwable {
		if (this.failure != null) {
			throw this.failure;
		}
		return this.value;
	}

}
