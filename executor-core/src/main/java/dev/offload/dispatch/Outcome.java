package dev.offload.dispatch;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;

/**
 * How a task ended, before its result is decoded.
 */
public interface Outcome {

	/**
	 * The status if decoding succeeds.
	 * @return a final status
	 */
	TaskStatus status();

	/**
	 * The result; decodes it, so it is called once, on a thread that may run the
	 * application's code.
	 * @return the result
	 * @throws Throwable the exception that the task ended with
	 */
	@Nullable Object value() throws Throwable;

	/**
	 * Whether the result may be kept and asked for again. A file that is removed once it
	 * was read may not.
	 * @return {@code true} by default
	 */
	default boolean isLasting() {
		return true;
	}

	/**
	 * Nobody takes the result. Also called when it was decoded before.
	 */
	default void discard() {
	}

	/**
	 * A result that needs no decoding.
	 * @param value the result
	 * @return the outcome
	 */
	static Outcome success(@Nullable Object value) {
		return new Outcome() {
			@Override
			public TaskStatus status() {
				return TaskStatus.SUCCEEDED;
			}

			@Override
			public @Nullable Object value() {
				return value;
			}

			@Override
			public void discard() {
				// Its items were not made, and what they are made from is open.
				if (value instanceof Stream<?> items) {
					items.close();
				}
			}
		};
	}

	/**
	 * An exception that needs no decoding.
	 * @param status the status
	 * @param failure the exception
	 * @return the outcome
	 */
	static Outcome failure(TaskStatus status, Throwable failure) {
		return new Outcome() {
			@Override
			public TaskStatus status() {
				return status;
			}

			@Override
			public @Nullable Object value() throws Throwable {
				throw failure;
			}
		};
	}

}
