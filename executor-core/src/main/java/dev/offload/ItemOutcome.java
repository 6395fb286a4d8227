package dev.offload;

import org.jspecify.annotations.Nullable;

/**
 * How one item of a batch ended.
 *
 * @param <R> the type of the result
 * @param index which item of the source it was, the first is 0
 * @param value the result, {@code null} also where there is a failure
 * @param failure the item's own exception, or the {@link OffloadException} with which its
 * chunk ended; {@code null} if it succeeded
 */
public record ItemOutcome<R extends @Nullable Object>(long index, @Nullable R value, @Nullable Throwable failure) {

	/**
	 * Whether it succeeded.
	 * @return {@code true} if there is no failure
	 */
	public boolean succeeded() {
		return this.failure == null;
	}

}
