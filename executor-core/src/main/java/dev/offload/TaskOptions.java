package dev.offload;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Options of one submission; what is {@code null} falls back to the settings of the
 * executor. Immutable.
 *
 * @param id the id of the task, otherwise one is generated
 * @param label the name of the task in messages and logs, otherwise that of its method
 * @param timeout how long it may run once it was handed to a slot; {@link Duration#ZERO}
 * for no limit
 * @param queueTimeout how long it may wait for a slot; {@link Duration#ZERO} for no limit
 */
public record TaskOptions(@Nullable String id, @Nullable String label, @Nullable Duration timeout,
		@Nullable Duration queueTimeout) {

	/**
	 * Everything as the executor's settings say.
	 */
	public static final TaskOptions DEFAULTS = new TaskOptions(null, null, null, null);

	public TaskOptions {
		requireNotNegative("timeout", timeout);
		requireNotNegative("queueTimeout", queueTimeout);
	}

	/**
	 * A copy with another id.
	 * @param value the id, which the caller keeps unique
	 * @return the copy
	 */
	public TaskOptions withId(String value) {
		return new TaskOptions(value, this.label, this.timeout, this.queueTimeout);
	}

	/**
	 * A copy with another label.
	 * @param value the label
	 * @return the copy
	 */
	public TaskOptions withLabel(String value) {
		return new TaskOptions(this.id, value, this.timeout, this.queueTimeout);
	}

	/**
	 * A copy with another limit on the run.
	 * @param value the limit, {@link Duration#ZERO} for none
	 * @return the copy
	 */
	public TaskOptions withTimeout(Duration value) {
		return new TaskOptions(this.id, this.label, value, this.queueTimeout);
	}

	/**
	 * A copy with another limit on the wait for a slot.
	 * @param value the limit, {@link Duration#ZERO} for none
	 * @return the copy
	 */
	public TaskOptions withQueueTimeout(Duration value) {
		return new TaskOptions(this.id, this.label, this.timeout, value);
	}

	private static void requireNotNegative(String name, @Nullable Duration value) {
		if (value != null && value.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative, but is " + value);
		}
	}

}
