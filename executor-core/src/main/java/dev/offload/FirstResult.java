package dev.offload;

import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * Waits for the first task of a batch that succeeds.
 */
final class FirstResult {

	private FirstResult() {
	}

	// The value is of that type where there is no failure.
	@SuppressWarnings("NullAway")
	static <R extends @Nullable Object> R of(String executor, Batch<R> batch) throws Exception {
		Throwable first = null;
		try {
			for (ItemOutcome<R> outcome : batch) {
				Throwable failure = outcome.failure();
				if (failure == null) {
					return outcome.value();
				}
				first = with(first, failure);
			}
		}
		finally {
			batch.cancel();
		}
		if (first == null) {
			throw new IllegalArgumentException("invokeAny of executor '" + executor + "' was given no task");
		}
		throw rethrown(executor, first);
	}

	// Tasks that one crash took along share their failure.
	@SuppressWarnings("ReferenceEquality")
	private static Throwable with(@Nullable Throwable first, Throwable next) {
		if (first == null) {
			return next;
		}
		if (first != next && !(next instanceof CancellationException)) {
			first.addSuppressed(next);
		}
		return first;
	}

	private static Exception rethrown(String executor, Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (failure instanceof Exception exception) ? exception
				: new OffloadException(executor, "All tasks failed, the first with " + failure, failure);
	}

}
